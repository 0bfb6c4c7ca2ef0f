import type { Texts } from '../language.js';

/** Texts that every page shares. */
export const COMMON = {
  service: { es: 'Referencia y Respuesta', en: 'Referral and Response' },
  skip: { es: 'Ir al contenido', en: 'Skip to content' },
  menu: { es: 'Páginas', en: 'Pages' },
  otherLanguage: { es: 'English', en: 'Español' },
  signIn: { es: 'Entrar', en: 'Sign in' },
  signOut: { es: 'Salir', en: 'Sign out' },
  home: { es: 'Inicio', en: 'Home' },
  changePost: { es: 'Cambiar de puesto', en: 'Change post' },
  password: { es: 'Contraseña', en: 'Password' },
  mistakePrefix: { es: 'Error: {title}', en: 'Error: {title}' },
  mistakesTitle: { es: 'Revise lo siguiente', en: 'Please check the following' },
  mistake: { es: 'Error:', en: 'Error:' },
  optional: { es: '(no es obligatorio)', en: '(optional)' },
  print: { es: 'Imprimir', en: 'Print' },
  back: { es: 'Volver', en: 'Back' },
  next: { es: 'Siguientes', en: 'Next' },
  nothing: { es: 'No hay nada aquí', en: 'There is nothing here' },
  demonstration: {
    es: 'Demostración: personas y datos inventados.',
    en: 'Demonstration: invented people and data.',
  },
  changedTitle: {
    es: 'Alguien cambió esto mientras usted lo veía',
    en: 'Somebody changed this while you were looking',
  },
  changedText: {
    es: 'Su cambio no se guardó, para no borrar el de la otra persona. Vea cómo está ahora y decida de nuevo.',
    en: 'Your change was not saved, so that the other one is not lost. See how it is now and decide again.',
  },
  changedKept: { es: 'Lo que usted escribió', en: 'What you wrote' },
  changedGo: { es: 'Ver cómo está ahora', en: 'See how it is now' },
  day: { es: 'Día', en: 'Day' },
  month: { es: 'Mes', en: 'Month' },
  year: { es: 'Año', en: 'Year' },
  moment: { es: '{who}, {when}', en: '{who}, {when}' },
} as const satisfies Texts;
