/** What a Python says of itself when it is asked, and whether the labs can use it. */
import * as v from 'valibot';

/** Oldest versions that the labs are verified with. */
export const oldestPython = [3, 9] as const;
export const oldestNumpy = [1, 22] as const;

const text = v.pipe(v.string(), v.maxLength(4000));

export const ProbeSchema = v.object({
  /** What is really run: shims and links are resolved by Python itself. */
  executable: text,
  version: text,
  /** A virtual environment? */
  venv: v.boolean(),
  conda: v.boolean(),
  /** Does the system forbid pip to change it (PEP 668)? */
  managed: v.boolean(),
  ensurepip: v.boolean(),
  pip: v.boolean(),
  numpy: v.nullable(text),
  /** File that NumPy was imported from. */
  numpyFile: v.nullable(text),
  /** Folders that it imports from, there or not: NumPy may come or go there. */
  folders: v.pipe(v.array(text), v.maxLength(200)),
  /** Last line of the error when NumPy is there and cannot be imported. */
  numpyError: v.nullable(text),
});

export type Probe = v.InferOutput<typeof ProbeSchema>;

/** The answer in what a Python printed; there may be other lines around it. */
export function readProbe(output: string): Probe | undefined {
  const line = output.split(/\r?\n/).find((each) => each.startsWith(probeMark));
  if (line === undefined) return undefined;
  try {
    const result = v.safeParse(ProbeSchema, JSON.parse(line.slice(probeMark.length)));
    return result.success ? result.output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const probeMark = 'aisafe-probe:';

/**
 * Prints the answer. It has to run on Python 2 as well, so that an old one can say how old it is. The current folder is
 * taken off the path first: a learner's numpy.py must not be taken for NumPy.
 */
export const probeScript = `
import sys
sys.path[:] = [p for p in sys.path if p]
import json, os
def there(name):
    try:
        import importlib.util
        return importlib.util.find_spec(name) is not None
    except Exception:
        return False
def managed():
    try:
        import sysconfig
        return os.path.exists(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED"))
    except Exception:
        return False
version = fil = error = None
try:
    import numpy
    version = str(numpy.__version__)
    fil = str(numpy.__file__)
    numpy.zeros(1).sum()
except BaseException as e:
    name = getattr(e, "name", None)
    if not (type(e).__name__ == "ModuleNotFoundError" and name == "numpy"):
        lines = [l.strip() for l in str(e).splitlines() if l.strip()] or [type(e).__name__]
        first = [l for l in lines if l.startswith("Original error was:")]
        error = (first or lines[-1:])[0][:2000]
    version = None
folders = list(sys.path)
try:
    import site
    folders.append(site.getusersitepackages())
except Exception:
    pass
venv = sys.prefix != getattr(sys, "base_prefix", sys.prefix) or hasattr(sys, "real_prefix")
print("\\n${probeMark}" + json.dumps({
    "executable": sys.executable or "", "version": ".".join(str(n) for n in sys.version_info[:3]), "venv": venv,
    "conda": os.path.isdir(os.path.join(sys.prefix, "conda-meta")), "managed": managed() and not venv,
    "ensurepip": there("ensurepip"), "pip": there("pip"),
    "numpy": version, "numpyFile": fil if version else None, "numpyError": error,
    "folders": sorted(set(str(f) for f in folders))[:200]}))
`;

/** Undefined when the labs can use it, else why not. */
export function probeProblem({ version, numpy, numpyError }: Probe): string | undefined {
  if (isOlder(version, oldestPython))
    return `Python ${version} is too old: the labs need ${oldestPython.join('.')} or later`;
  if (numpyError !== null) return `Python ${version} has a NumPy that cannot be imported: ${numpyError}`;
  if (numpy === null) return `Python ${version} has no NumPy`;
  if (isOlder(numpy, oldestNumpy)) return `NumPy ${numpy} is too old: the labs need ${oldestNumpy.join('.')} or later`;
  return undefined;
}

/** Is a version such as 3.13.0rc1 older than [3, 9]? What cannot be read counts as older. */
export function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, left, right] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const found = [Number(left ?? 0), Number(right ?? 0)] as const;
  return found[0] < major || (found[0] === major && found[1] < minor);
}
