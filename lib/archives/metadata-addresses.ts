/**
 * Where clouds tell a machine its credentials and settings, each with whose it is. Not all are link-local or private, so no
 * range covers them; from a pod or a function they are a way to the rights of the machine.
 */
export const METADATA_ADDRESSES: Readonly<Record<string, string>> = {
  '169.254.169.254': 'AWS, Azure, Google Cloud, OpenStack and most others',
  '169.254.170.2': 'the credentials of a task of AWS ECS',
  '169.254.170.23': 'the credentials of a pod of AWS EKS',
  'fd00:ec2::254': 'AWS by IPv6',
  'fd00:ec2::23': 'the credentials of a pod of AWS EKS by IPv6',
  '168.63.129.16': 'the host of a machine of Azure',
  'fd20:ce::254': 'Google Cloud by IPv6',
  'fe80::a9fe:a9fe': 'OpenStack by IPv6',
  '100.100.100.200': 'Alibaba Cloud',
  '192.0.0.192': 'Oracle Cloud',
  '169.254.42.42': 'Scaleway',
  'fd00:42::42': 'Scaleway by IPv6',
};
