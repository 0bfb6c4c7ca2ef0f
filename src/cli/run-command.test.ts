import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { StartupError } from '../startup-error.js';
import { type Command, type CommandRow, UsageError } from './command.js';
import { COMMANDS } from './commands.js';
import { runCommand } from './run-command.js';

const row = (name: string, command: Command): CommandRow => ({
  name,
  usage: 'COSA',
  help: { es: `ayuda de ${name}`, en: `help of ${name}` },
  load: () => Promise.resolve(command),
});
const table = [
  row('echo', ({ args, out }) => {
    out(args.join(' '));
    return Promise.resolve(0);
  }),
  row('verdict', () => Promise.resolve(1)),
  row('startup', () => Promise.reject(new StartupError({ es: 'no hay base', en: 'no database' }))),
  row('usage', () => Promise.reject(new UsageError({ es: 'falta algo', en: 'something is missing' }))),
  row('options', async ({ args }) => {
    parseArgs({ args: [...args] });
    return 0;
  }),
  row('broken', () => Promise.reject(new TypeError('a defect'))),
];

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const context = { env: {}, out: (line: string) => void out.push(line) };
  const code = await runCommand(table, argv, context, (line) => void err.push(line));
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('runCommand', () => {
  it('hands on the arguments and the exit code', async () => {
    expect(await run('echo', 'a', '--b')).toEqual({ code: 0, out: 'a --b', err: '' });
    expect((await run('verdict')).code).toBe(1);
  });

  it.each([[[]], [['help']], [['--help']], [['-h']]])('shows the help for %j', async (argv) => {
    const { code, out } = await run(...argv);
    expect(code).toBe(0);
    expect(out).toMatch(/echo COSA\n +ayuda de echo\n +help of echo/);
  });

  it('names an unknown command and shows the help on standard error', async () => {
    const { code, out, err } = await run('rubbish');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/«rubbish».*"rubbish"[^]*ayuda de echo/);
  });

  it('tells a start-up problem in words, without a stack', async () => {
    expect(await run('startup')).toEqual({ code: 1, out: '', err: 'no hay base / no database' });
  });

  it.each([
    ['usage', []],
    ['options', ['--unknown']],
  ] as const)('shows the usage after wrong arguments (%s)', async (name, args) => {
    const { code, err } = await run(name, ...args);
    expect(code).toBe(2);
    expect(err).toContain(`${name} COSA`);
  });

  it('does not hide a defect', async () => {
    await expect(run('broken')).rejects.toThrow('a defect');
  });
});

describe('the table of commands', () => {
  it('loads a command for every row, each name once', async () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length);
    for (const { load } of COMMANDS) expect(await load()).toEqual(expect.any(Function));
  });
});
