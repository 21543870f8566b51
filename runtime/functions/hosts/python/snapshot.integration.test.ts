import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const PREAMBLE = `
import sys
sys.path.insert(0, ${JSON.stringify(import.meta.dirname)})
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo
import builtins, importlib, json, math, threading

# As host.py gives it to every module of the host.
builtins.own_module = importlib.import_module
from snapshot_reader import NotRestored, decode
from snapshot_writer import Encoder

class Own:
    pass

def saved(value, max_bytes=1 << 20):
    return Encoder().encode(value, max_bytes)

def same(value):
    """Restored it has the same type, looks the same and writes the same text."""
    text, not_saved = saved(value)
    assert not_saved == [], not_saved
    json.loads(text, parse_constant=lambda word: sys.exit(f"{word} is not JSON"))
    back = decode(text)
    assert type(back) is type(value), type(back)
    assert repr(back) == repr(value), (back, value)
    assert saved(back)[0] == text
    return back
`;

const run = (code: string) => spawnSync('python3', ['-c', PREAMBLE + code], { encoding: 'utf8' });

/** Runs what must hold in Python; an assertion that does not is its traceback. */
function python(code: string): void {
  const { stderr, status } = run(code);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
}

test.each([
  '{"a": 1, 1: "b", 1.5: "c", None: "d", (1, ("x", None)): "e", frozenset([1]): "f", b"k": "g"}',
  '{True: 1, "id": {"ref": 1, "dict": [1, 2]}}',
  '[]',
  '[[1, [2]], (1, [2], ()), {}]',
  '{1, "a", (2, 3)}',
  'frozenset([frozenset([1]), (1, 2)])',
  'deque([1, 2, 3], maxlen=5)',
  'deque([(datetime(2025, 12, 4, 22, 23, 48, 287939), 1.5)])',
  '[float("nan"), float("inf"), float("-inf"), -0.0, 1e300, 5e-324, 0.1]',
  '[1.5] * 20 + [float("nan")]',
  '[True, None, 2, 2.5] * 20',
  '[2**53 + 1, -2**64, 0]',
  '["é", "\\ud800", "\\x00\\n\\"", ""]',
  '[date(2025, 12, 4), time(22, 23, 48, 5), time(1, 2, tzinfo=timezone.utc), timedelta(-3, 4, 5)]',
  '[datetime(2025, 1, 1, tzinfo=timezone.utc), datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=30)))]',
  '[datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=1), "mine")), datetime(2025, 1, 1, fold=1)]',
  '[datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")), time(2, tzinfo=ZoneInfo("UTC"))]',
  '[datetime.min, datetime.max, timedelta.max]',
  '[Decimal("1.10"), Decimal("NaN"), Decimal("-Infinity"), Decimal("1E+400")]',
  '[b"\\x00\\xff", bytearray(b"\\x00"), b"", complex(1, float("inf"))]',
  'OrderedDict([("b", 1), ("a", {"c": 2})])',
  'Counter("abracadabra")',
  'defaultdict(list, {"a": [1], "b": []})',
  'defaultdict(int, x=1)',
  'defaultdict(None, x=1)',
])('%s survives', (expression) => {
  python(`same({"value": ${expression}})\nsame(${expression})`);
});

test('an int of more digits than Python writes survives', () => {
  python('env = {"n": 10**5000, "m": [-10**5000] * 20}\nassert decode(saved(env)[0]) == env');
});

test('what is restored works as before', () => {
  python(`
back = same({"window": deque([1, 2], maxlen=2), "by": defaultdict(deque), "of": bytearray(b"a")})
back["window"].append(3)
back["by"]["new"].append(1)
back["of"].append(1)
assert back["window"] == deque([2, 3]) and back["by"]["new"] == deque([1])
`);
});

test('what is shared comes back as one object, in every container, and loops are loops', () => {
  python(`
for make in (list, lambda: {1: 2}, lambda: {1}, deque, lambda: bytearray(b"a"), OrderedDict, Counter, lambda: defaultdict(int)):
    one = make()
    back = decode(saved({"a": one, "b": [one, (one, 1)], "c": {"d": one}})[0])
    assert type(back["a"]) is type(one)
    assert back["a"] is back["b"][0] is back["b"][1][0] is back["c"]["d"], type(one)
loop = []
loop.append({"up": (loop, deque([loop]))})
back = decode(saved(loop)[0])
assert back[0]["up"][0] is back and back[0]["up"][1][0] is back
`);
});

test('what cannot be saved is named by path, ten at most, and the rest is saved', () => {
  python(`
class OwnDict(dict): pass
shared = [1]
env = {"model": Own(), "n": 1, "window": deque([(1, 2), (3, Own())]), "a b": (x for x in ()),
       "deep": {"lock": threading.Lock(), "kept": shared, 7: [1, {"f": lambda: 1, "g": 2}]}, Own(): 1,
       "by": defaultdict(lambda: 0), "sub": OwnDict(), "lost": [shared, [2], Own()], "late": [shared, [3]]}
text, not_saved = saved(env)
assert [(each["path"], each["type"]) for each in not_saved] == [
    ("env.model", "Own"), ("env.window[1][1]", "Own"), ('env["a b"]', "generator"), ("env.deep.lock", "lock"),
    ("env.deep[7][1].f", "function"), ("env[Own]", "Own"), ("env.by", "defaultdict of a function"),
    ("env.sub", "OwnDict"), ("env.lost[2]", "Own")], not_saved
back = decode(text)
assert back == {"n": 1, "deep": {"kept": [1], 7: [1, {"g": 2}]}, "late": [[1], [3]]}, back
assert back["late"][0] is back["deep"]["kept"]
assert len(saved({n: Own() for n in range(50)})[1]) == 10
assert saved(Own()) == (None, [{"path": "env", "type": "Own"}])
assert saved([1, Own()]) == (None, [{"path": "env[1]", "type": "Own"}])
`);
});

test('a class of the function’s own is never called', () => {
  python(`
class Trap:
    def __getattribute__(self, name): sys.exit(f"{name} was asked for")
    def __repr__(self): sys.exit("repr")
class Text(str):
    def __str__(self): sys.exit("str")
text, not_saved = saved({"trap": Trap(), "text": Text("a"), "n": 1})
assert [each["type"] for each in not_saved] == ["Trap", "Text"]
assert decode(text) == {"n": 1}
`);
});

test('nesting without end is left out', () => {
  python(`
deep, tower = [], ()
for _ in range(100_000):
    deep, tower = [deep], (tower,)
text, not_saved = saved({"deep": deep, "tower": tower, "n": 1})
assert [each["type"] for each in not_saved] == ["nested too deeply"] * 2, not_saved
assert decode(text) == {"n": 1}
`);
});

test('what is too large is given up early', () => {
  python(`
for env in ({"a": "x" * 2_000_000}, {"a": [[float(n)] * 1000 for n in range(1000)]}, {"a": b"x" * 900_000},
            {"a": bytearray(2_000_000)}, {"a": [0] * 10_000_000}, {n: n for n in range(1_000_000)}):
    assert saved(env) == (None, [{"path": "env", "type": "larger than 1024 KiB"}])
`);
});

test('texts that are kept from one snapshot to the next belong to what is alive, and do not pile up', () => {
  python(`
encoder = Encoder()
window = deque(maxlen=12)
for n in range(20_000):
    window.append((datetime(2025, 1, 1) + timedelta(seconds=n), float(n)))
    text, _ = encoder.encode({"window": window}, 1 << 20)
    assert n % 100 or decode(text)["window"] == window
assert len(encoder.texts) <= 2_000 and len(encoder.kept) <= 2_000
`);
});

test.each([
  ['{"language":"python","format":1,"env":{"no_such_type":1}}', 'it cannot be read: KeyError'],
  ['{"language":"python","format":1,"env":{"ref":0}}', 'it cannot be read: IndexError'],
  ['{"language":"python","format":1,"env":{}}', 'it cannot be read'],
  ['{"language":"python","format":1,"env":{"dict":["a"]}}', 'it cannot be read'],
  ['{"language":"python","format":1,"env":{"defaultdict":[],"factory":"eval"}}', 'it cannot be read'],
  ['{"language":"python","format":1}', 'it cannot be read'],
  ['[1]', 'it cannot be read'],
  [`${'['.repeat(100_000)}`, 'it cannot be read'],
  ['{"language":"javascript","format":1,"env":""}', 'it is one of javascript, format 1'],
])('%.60s is not restored', (text, reason) => {
  python(`
try:
    decode(${JSON.stringify(text)})
except NotRestored as error:
    assert str(error).startswith(${JSON.stringify(reason)}), str(error)
else:
    sys.exit("it was restored")
`);
});

const numpy = run('import numpy').status === 0;

test.skipIf(!numpy)(`numpy arrays and scalars survive${numpy ? '' : ': numpy is not installed'}`, () => {
  python(`
import numpy
values = [numpy.arange(6.).reshape(2, 3), numpy.arange(6).reshape(2, 3).T, numpy.zeros((0, 3), "int8"), numpy.array(1.5), numpy.array([True]),
          numpy.array(["a", "bc"]), numpy.array(["2025-01-01"], "datetime64[us]"), numpy.array([1 + 2j]), numpy.array([1], ">i4"),
          numpy.float64(1.5), numpy.float32("nan"), numpy.int64(-3), numpy.bool_(True), numpy.str_("a"), numpy.datetime64("2025-01-01", "s")]
back = decode(saved(values)[0])
for value, again in zip(values, back):
    assert type(again) is type(value) and again.dtype == value.dtype and again.shape == value.shape
    numpy.testing.assert_array_equal(again, value)
back[0][0, 0] = 7
one = numpy.zeros(2)
back = decode(saved({"a": one, "b": one})[0])
assert back["a"] is back["b"]
_, not_saved = saved({"objects": numpy.array([Own()]), "records": numpy.zeros(2, "i4,f8"), "masked": numpy.ma.array([1]), "n": 1})
assert [each["path"] for each in not_saved] == ["env.objects", "env.records", "env.masked"], not_saved
assert saved({"a": numpy.zeros(1_000_000)})[0] is None
`);
});
