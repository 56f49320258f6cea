/** What each fault test found, as one table. */
import type { Reporter, TestModule } from 'vitest/node';

declare module 'vitest' {
  interface TaskMeta {
    fault?: { readonly runs: number; readonly note: string };
  }
}

const columns = { verdict: 8, runs: 8, seconds: 8 } as const;

export default class FaultTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.allTests()]);
    const lines = rows.map((test) => {
      const { fault } = test.meta();
      const result = test.result();
      const verdict = result.state === 'passed' ? 'held' : result.state;
      const seconds = ((test.diagnostic()?.duration ?? 0) / 1000).toFixed(1);
      const reason = result.state === 'skipped' ? (result.note ?? '') : (fault?.note ?? '');
      return [
        verdict.padEnd(columns.verdict),
        String(fault?.runs ?? 1).padStart(columns.runs),
        seconds.padStart(columns.seconds),
        `  ${test.fullName.replace(' > ', ': ')}${reason === '' ? '' : `  (${reason})`}`,
      ].join('');
    });
    const head = `${'result'.padEnd(columns.verdict)}${'runs'.padStart(columns.runs)}${'seconds'.padStart(columns.seconds)}  fault`;
    process.stdout.write(`\n${head}\n${lines.join('\n')}\n`);
  }
}
