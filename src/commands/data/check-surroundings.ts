import type { Context } from '../../context.js';
import type { StoreCheck } from '../../store/store.js';

/** The first year in which this program could have run. */
const firstYear = 2026;

/** The program's surroundings: Node, the clock, the time zone. */
export function checkSurroundings(context: Context): readonly StoreCheck[] {
  return [checkNode(process.versions.node), checkTime(context), checkTimeZone(context)];
}

function checkNode(version: string): StoreCheck {
  const id = 'node';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const where = `Node ${version} on ${process.platform}-${process.arch}.`;
  if (major > 20 || (major === 20 && minor >= 18)) return { id, status: 'ok', message: where };
  return {
    id,
    status: 'failed',
    message: `${where} Node 20.18 or newer is needed.`,
    hint: 'Install a current Node from https://nodejs.org/.',
  };
}

function checkTime({ clock, env }: Context): StoreCheck {
  const id = 'time';
  const now = clock.now();
  if (env.AISAFE_NOW) {
    return {
      id,
      status: 'warning',
      message: `AISAFE_NOW stops the clock at ${now.toISOString()}.`,
      hint: 'unset AISAFE_NOW',
    };
  }
  if (now.getUTCFullYear() >= firstYear) return { id, status: 'ok', message: `The clock says ${now.toISOString()}.` };
  return {
    id,
    status: 'failed',
    message: `The clock says ${now.toISOString()}, which is before this program was written; what you do now would be sorted before all else.`,
    hint: 'Set the clock of this computer.',
  };
}

function checkTimeZone({ clock, env, today }: Context): StoreCheck {
  const id = 'time-zone';
  if (env.TZ && env.TZ !== clock.timeZone) {
    return {
      id,
      status: 'warning',
      message: `TZ is “${env.TZ}”, which is not the name of a time zone; ${clock.timeZone} is used.`,
      hint: 'TZ=Europe/London aisafe doctor',
    };
  }
  return { id, status: 'ok', message: `The time zone is ${clock.timeZone}; today’s study day is ${today()}.` };
}
