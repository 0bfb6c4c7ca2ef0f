import { describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from './demo-password.js';
import { passwordProblem } from './password-rules.js';

const about = { names: ['clinician.uaps1', 'Hospital Escuela'] };

describe('passwordProblem', () => {
  it.each([
    ['seven characters', 'siete 7'],
    ['seven emoji', '🦜'.repeat(7)],
    ['129 characters', 'ab1 '.repeat(32) + 'x'],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['a common word', 'Contraseña'],
    ['a common word with digits and a mark', 'Honduras2026!'],
    ['digits', '0123456789'],
    ['one character again and again', 'aaaaaaaaaaaa'],
    ['the demonstration password', DEMO_PASSWORD],
    ['the user name inside', 'mi Clinician-UAPS1 clave'],
    ['the facility name inside', 'yo ♥ hospital escuela'],
  ])('refuses %s', (_what, password) => {
    expect(passwordProblem(password, about)).toEqual({ es: expect.any(String), en: expect.any(String) });
  });

  it.each([
    ['8 characters', 'tres3 pi'],
    ['64 characters', 'lluvia sobre '.repeat(5).slice(0, 64)],
    ['128 characters', 'cuatro palabras '.repeat(8)],
    ['spaces and emoji', 'guacamaya 🦜 café'],
    ['eight emoji', '🦜🌽🐚🎺🧵🪁🥁🧭'],
  ])('accepts %s', (_what, password) => {
    expect(passwordProblem(password, about)).toBeUndefined();
  });
});
