import { describe, expect, it } from 'vitest';
import { recordedProgress, streamProgress } from './progress.js';

const title = { es: 'Descargando', en: 'downloading' };

describe('progress without a terminal', () => {
  it('says words in both languages', () => {
    const lines: string[] = [];
    recordedProgress((line) => void lines.push(line)).say({ es: 'hola', en: 'hello' });
    expect(lines).toEqual(['hola / hello']);
  });

  it('writes a line at each further quarter and none twice', () => {
    const lines: string[] = [];
    const bar = recordedProgress((line) => void lines.push(line)).bar(title, 'MB', 4_000_000);
    for (let done = 0; done <= 4_000_000; done += 100_000) bar.update(done);
    bar.end();
    expect(lines.map((line) => line.split(': ')[1])).toEqual([
      '1.0 / 4.0 MB',
      '2.0 / 4.0 MB',
      '3.0 / 4.0 MB',
      '4.0 / 4.0 MB',
    ]);
  });

  it('tells how far it came when it ends early or without a total', () => {
    const lines: string[] = [];
    const bar = recordedProgress((line) => void lines.push(line)).bar(title, 'registros');
    bar.update(7);
    bar.end();
    expect(lines).toEqual(['Descargando / downloading: 7 registros']);
  });
});

describe('progress on a terminal', () => {
  it('draws a bar', () => {
    const written: string[] = [];
    const terminal = {
      isTTY: true,
      columns: 120,
      write: (text: string) => written.push(text),
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
      on: () => terminal,
      once: () => terminal,
      removeListener: () => terminal,
    };
    const bar = streamProgress(terminal as unknown as NodeJS.WriteStream).bar(title, 'MB', 2_000_000);
    bar.update(1_000_000);
    bar.end();
    expect(written.join('')).toMatch(/Descargando \/ downloading \[.*\] 1\.0 \/ 2\.0 MB/);
  });
});
