import type { Texts } from '../language.js';

/** Texts of opening a patient's account: at the clinic, and at home. */
export const ACTIVATE = {
  // The clinic prints the code.
  staffTitle: { es: 'Código para que el paciente abra su cuenta', en: 'Code for the patient to open an account' },
  staffIntro: {
    es: 'Con este código la persona abre su cuenta y ve su expediente. Entréguelo solo a quien está frente a usted.',
    en: 'With this code the person opens an account and sees the own record. Give it only to whoever stands before you.',
  },
  staffReset: {
    es: 'Sirve también para quien olvidó su contraseña. Un código nuevo anula el anterior.',
    en: 'It also serves whoever forgot the password. A new code voids the one before.',
  },
  person: { es: 'Persona', en: 'Person' },
  birthDate: { es: 'Nacimiento', en: 'Birth date' },
  unknownDate: { es: 'No se conoce: la hoja llevará un PIN', en: 'Not known: the sheet will carry a PIN' },
  identified: { es: '¿Cómo sabe quién es?', en: 'How do you know who it is?' },
  'dni-seen': { es: 'Vi su documento de identidad', en: 'I saw the identity document' },
  known: { es: 'El personal la conoce', en: 'The staff knows the person' },
  guardian: {
    es: 'Está su encargado: padre, madre u otra persona',
    en: 'The guardian is here: father, mother or another person',
  },
  identifiedMissing: { es: 'Diga cómo sabe quién es la persona.', en: 'Say how you know who the person is.' },
  guardianName: { es: 'Nombre del encargado', en: 'Name of the guardian' },
  guardianHint: {
    es: 'Solo si la cuenta la usará el encargado.',
    en: 'Only if the guardian will use the account.',
  },
  guardianRelationship: { es: 'Qué es del paciente', en: 'Relationship to the patient' },
  guardianRelationshipHint: { es: 'Por ejemplo: madre, hijo, cuidadora.', en: 'For example: mother, son, carer.' },
  guardianNameMissing: { es: 'Escriba el nombre del encargado.', en: 'Write the name of the guardian.' },
  guardianRelationshipMissing: { es: 'Escriba qué es del paciente.', en: 'Write the relationship to the patient.' },
  print: { es: 'Hacer el código', en: 'Make the code' },
  toRecord: { es: 'Volver al expediente', en: 'Back to the record' },
  sheetTitle: { es: 'Hoja para abrir su cuenta', en: 'Sheet to open your account' },
  printNow: {
    es: 'Imprima esta hoja ahora, o copie el código a mano. No se puede volver a mostrar.',
    en: 'Print this sheet now, or copy the code by hand. It cannot be shown again.',
  },
  sheetFor: { es: 'Para', en: 'For' },
  sheetCode: { es: 'Código', en: 'Code' },
  sheetPin: { es: 'PIN', en: 'PIN' },
  sheetUntil: { es: 'Sirve hasta el', en: 'Good until' },
  sheetSteps: { es: 'Qué hacer', en: 'What to do' },
  sheetStep1: { es: 'En un teléfono con internet, escriba: {url}', en: 'On a telephone with internet, write: {url}' },
  sheetScan: {
    es: 'Con la cámara del teléfono, este cuadro abre la misma página.',
    en: 'With the camera of the telephone, this square opens the same page.',
  },
  sheetStep2: { es: 'Escriba el código y su fecha de nacimiento.', en: 'Write the code and your birth date.' },
  sheetStep2Pin: { es: 'Escriba el código y el PIN.', en: 'Write the code and the PIN.' },
  sheetStep3: {
    es: 'Invente un usuario y una contraseña. No se los diga a nadie.',
    en: 'Make up a user name and a password. Tell them to nobody.',
  },
  sheetKeep: {
    es: 'Guarde esta hoja como su identidad. El código sirve una sola vez.',
    en: 'Keep this sheet like your identity card. The code works only once.',
  },
  sheetForgot: {
    es: 'Si olvida su contraseña, pida otra hoja en su centro de salud.',
    en: 'If you forget your password, ask your health centre for another sheet.',
  },
  // At home.
  title: { es: 'Abrir mi cuenta', en: 'Open my account' },
  intro: {
    es: 'Con la hoja que le dio su centro de salud puede ver su expediente.',
    en: 'With the sheet your health centre gave you, you can see your record.',
  },
  code: { es: 'Código de su hoja', en: 'Code on your sheet' },
  button: { es: 'Seguir', en: 'Go on' },
  wrong: {
    es: 'El código o la fecha no son correctos, o el código ya se usó. Revise su hoja.',
    en: 'The code or the date is not right, or the code was used already. Check your sheet.',
  },
  noSheet: { es: '¿No tiene la hoja, u olvidó su contraseña?', en: 'You have no sheet, or forgot your password?' },
  noSheetText: {
    es: 'Vaya a su centro de salud con su identidad y pida el código de su cuenta.',
    en: 'Go to your health centre with your identity card and ask for the code of your account.',
  },
  chooseTitle: { es: 'Elija su usuario y su contraseña', en: 'Choose your user name and password' },
  newPasswordTitle: { es: 'Elija una contraseña nueva', en: 'Choose a new password' },
  forWhom: { es: 'Cuenta de {name}', en: 'Account of {name}' },
  byGuardian: { es: 'La usa {guardian} ({relationship}).', en: 'Used by {guardian} ({relationship}).' },
  yourUser: { es: 'Su usuario es', en: 'Your user name is' },
  user: { es: 'Usuario', en: 'User name' },
  userHint: {
    es: 'De 3 a 30 letras y números, sin espacios ni tildes. Por ejemplo: anamejia80.',
    en: '3 to 30 letters and numbers, without spaces or accents. For example: anamejia80.',
  },
  userWrong: {
    es: 'Escriba de 3 a 30 letras y números, sin espacios ni tildes. Empiece con una letra.',
    en: 'Write 3 to 30 letters and numbers, without spaces or accents. Begin with a letter.',
  },
  userTaken: {
    es: 'Otra persona ya tiene ese usuario. Pruebe con otro; por ejemplo, agregue un número.',
    en: 'Somebody else has that user name. Try another one; for example, add a number.',
  },
  password: { es: 'Contraseña', en: 'Password' },
  passwordHint: {
    es: '8 letras o más. Lo mejor: cuatro palabras que solo usted junta.',
    en: '8 letters or more. Best: four words that only you put together.',
  },
  finish: { es: 'Abrir mi cuenta', en: 'Open my account' },
  finishPassword: { es: 'Guardar y entrar', en: 'Save and sign in' },
  ended: {
    es: 'El código ya no sirve: se usó o pasó su tiempo. Pida otro en su centro de salud.',
    en: 'The code no longer works: it was used or its time has passed. Ask your health centre for another one.',
  },
} as const satisfies Texts;
