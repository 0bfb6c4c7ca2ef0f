import type { Texts } from '../language.js';

/** Texts of signing in and out, of posts and passwords. */
export const SIGN_IN = {
  title: { es: 'Entrar', en: 'Sign in' },
  user: { es: 'Usuario', en: 'User name' },
  password: { es: 'Contraseña', en: 'Password' },
  button: { es: 'Entrar', en: 'Sign in' },
  wrong: {
    es: 'El usuario o la contraseña no son correctos. Revise los dos y escriba de nuevo la contraseña.',
    en: 'The user name or the password is not right. Check both and write the password again.',
  },
  wait: {
    es: 'Hubo varios intentos con error. Espere {time} y pruebe de nuevo. Si olvidó su contraseña, pida otra a quien administra las cuentas.',
    en: 'There were several wrong tries. Wait {time} and try again. If you forgot your password, ask whoever manages the accounts for a new one.',
  },
  seconds: { es: '{n} segundos', en: '{n} seconds' },
  minutes: { es: '{n} minutos', en: '{n} minutes' },
  noAssignment: {
    es: 'Su cuenta no tiene hoy ningún puesto vigente. Avise a quien administra las cuentas de su establecimiento.',
    en: 'Your account has no valid post today. Tell whoever manages the accounts of your facility.',
  },
  expired: { es: 'La página de ingreso venció', en: 'The sign-in page has expired' },
  expiredText: {
    es: 'Pasó mucho tiempo, o se abrió en otro navegador. Empiece de nuevo.',
    en: 'Too much time has passed, or it was opened in another browser. Start again.',
  },
  startAgain: { es: 'Empezar de nuevo', en: 'Start again' },
  demo: {
    es: 'Demostración: entre con una cuenta como clinician.uaps1, triage.hosp1 o specialist.hosp1. La contraseña de todas es {password}',
    en: 'Demonstration: sign in with an account such as clinician.uaps1, triage.hosp1 or specialist.hosp1. The password of all is {password}',
  },
  postTitle: { es: '¿En qué puesto trabaja ahora?', en: 'Which post are you working in now?' },
  postLabel: { es: 'Puesto', en: 'Post' },
  postHint: {
    es: 'Lo que puede ver y hacer depende del puesto. Puede cambiarlo cuando quiera.',
    en: 'What you can see and do depends on the post. You can change it at any time.',
  },
  postButton: { es: 'Trabajar en este puesto', en: 'Work in this post' },
  postMissing: { es: 'Elija un puesto.', en: 'Choose a post.' },
  post: { es: '{role}, {place}', en: '{role}, {place}' },
  postUntil: { es: 'hasta el {date}', en: 'until {date}' },
  passwordTitle: { es: 'Cambiar la contraseña', en: 'Change the password' },
  passwordHint: {
    es: 'De 8 a 128 caracteres. Una frase de varias palabras es fácil de recordar y difícil de adivinar.',
    en: '8 to 128 characters. A sentence of several words is easy to remember and hard to guess.',
  },
  current: { es: 'Contraseña de ahora', en: 'Current password' },
  fresh: { es: 'Contraseña nueva', en: 'New password' },
  currentWrong: { es: 'Esa no es su contraseña de ahora.', en: 'That is not your current password.' },
  passwordButton: { es: 'Cambiar la contraseña', en: 'Change the password' },
  passwordDone: { es: 'Su contraseña cambió', en: 'Your password has changed' },
  passwordDoneText: {
    es: 'Se cerraron todas sus sesiones. Entre con la contraseña nueva.',
    en: 'All your sessions were closed. Sign in with the new password.',
  },
} as const satisfies Texts;
