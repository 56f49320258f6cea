import { execFileSync } from 'node:child_process';

/** Builds the program once before the tests, so that end-to-end tests run what is in the tree. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
