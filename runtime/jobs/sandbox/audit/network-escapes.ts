import { type Escape, pythonTry } from './escape.ts';

export const NETWORK_ESCAPES: readonly Escape[] = [
  pythonTry(
    'talk to Redis on the loopback address',
    `for host in ("127.0.0.1", "localhost", "0.0.0.0"):
    if works(lambda: socket.create_connection((host, known["port"]), 1)): possible.append(host)`,
  ),
  pythonTry(
    'ask the cloud’s metadata service',
    `for address in (("169.254.169.254", 80), ("fd00:ec2::254", 80), ("100.100.100.200", 80)):
    if works(lambda: socket.create_connection(address, 1)): possible.append(address)
if works(lambda: socket.socket(socket.AF_INET)): possible.append("a socket for IPv4")
if works(lambda: socket.socket(socket.AF_INET6)): possible.append("a socket for IPv6")`,
  ),
  pythonTry(
    'send datagrams',
    `if works(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"out", ("127.0.0.1", known["datagramPort"]))): possible.append("sent")`,
  ),
  pythonTry('look up names', `if works(lambda: socket.getaddrinfo("example.com", 80)): possible.append("example.com")`),
  pythonTry(
    'use other families of sockets: netlink, raw packets, the kernel’s ciphers, the hypervisor',
    `for family in list(range(2, 46)):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        if works(lambda: socket.socket(family, kind)): possible.append((family, kind))`,
  ),
  pythonTry(
    'connect to sockets of the machine by path or by name',
    `for address in (known["socketPath"], "\\0" + known["abstractName"], "/run/docker.sock", "/run/dbus/system_bus_socket"):
    def connect():
        socket.socket(socket.AF_UNIX).connect(address)
    if works(connect): possible.append(address)`,
  ),
];
