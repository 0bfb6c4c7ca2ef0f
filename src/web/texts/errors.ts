import type { Texts } from '../language.js';

/** Texts of the error pages: what happened and what to do. */
export const ERROR_TEXTS = {
  notFound: { es: 'No encontramos esa página', en: 'We did not find that page' },
  notFoundText: {
    es: 'La dirección puede estar mal escrita, o lo que busca no está a su alcance.',
    en: 'The address may be wrong, or what you look for is not within your reach.',
  },
  forbidden: { es: 'Su puesto no puede hacer esto', en: 'Your post may not do this' },
  forbiddenText: {
    es: 'Si le corresponde, pida a quien administra las cuentas que revise su puesto.',
    en: 'If it is your task, ask whoever manages the accounts to check your post.',
  },
  signedOut: { es: 'Su sesión terminó', en: 'Your session has ended' },
  signedOutText: {
    es: 'Por seguridad, la sesión se cierra después de 30 minutos sin uso. Entre de nuevo y repita el último paso.',
    en: 'For safety, a session closes after 30 minutes without use. Sign in again and repeat the last step.',
  },
  form: { es: 'El formulario ya no es válido', en: 'The form is no longer valid' },
  formText: {
    es: 'Nada se guardó. Vuelva a la página anterior, cárguela de nuevo y repita el paso.',
    en: 'Nothing was saved. Go back to the page before, load it again and repeat the step.',
  },
  refused: { es: 'No se pudo hacer', en: 'It could not be done' },
  wait: { es: 'Espere un momento', en: 'Wait a moment' },
  unavailable: { es: 'El servicio no puede responder ahora', en: 'The service cannot answer right now' },
  unavailableText: {
    es: 'Nada de lo que ya estaba guardado se perdió. Intente de nuevo en un momento.',
    en: 'Nothing that was saved is lost. Try again in a moment.',
  },
  internal: { es: 'Algo falló de nuestro lado', en: 'Something failed on our side' },
  internalText: {
    es: 'Intente de nuevo. Si sigue igual, avise y diga este número.',
    en: 'Try again. If it goes on, tell us this number.',
  },
  number: { es: 'Número para avisar: {request}', en: 'Number to tell us: {request}' },
} as const satisfies Texts;
