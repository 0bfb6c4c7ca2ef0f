import type { Texts } from '../language.js';

/** Texts of finding people, and of opening a visit for somebody who was never here. */
export const PEOPLE = {
  nav: { es: 'Pacientes', en: 'Patients' },
  title: { es: 'Buscar paciente', en: 'Find a patient' },
  question: { es: 'DNI, nombre u otro número', en: 'DNI, name or another number' },
  questionHint: {
    es: 'El DNI con o sin guiones, el nombre, el expediente de aquí, el pasaporte, el número temporal o el de una referencia.',
    en: 'The DNI with or without dashes, the name, the file number here, the passport, the temporary number or that of a referral.',
  },
  born: { es: 'Nacimiento, para buscar por nombre', en: 'Birth, when searching by name' },
  bornHint: { es: 'El año o la fecha: 1984 o 12/05/1984.', en: 'The year or the date: 1984 or 12/05/1984.' },
  search: { es: 'Buscar', en: 'Search' },
  questionMissing: { es: 'Escriba un DNI, un nombre o un número.', en: 'Write a DNI, a name or a number.' },
  dniLength: {
    es: 'Un DNI tiene 13 números y usted escribió {n}. Revíselo y busque de nuevo.',
    en: 'A DNI has 13 digits and you wrote {n}. Check it and search again.',
  },
  bornWrong: {
    es: 'Escriba el año, como 1984, o la fecha, como 12/05/1984.',
    en: 'Write the year, like 1984, or the date, like 12/05/1984.',
  },
  wordsOnly: { es: 'Escriba al menos dos letras del nombre.', en: 'Write at least two letters of the name.' },
  tooMany: {
    es: 'Hay demasiadas personas con ese nombre. Agregue otro nombre, un apellido o el año de nacimiento.',
    en: 'Too many people have that name. Add another name, a surname or the year of birth.',
  },
  results: { es: 'Personas encontradas', en: 'People found' },
  byNumber: { es: 'Buscamos este número en todo el país.', en: 'We searched for this number in the whole country.' },
  byName: {
    es: 'Por nombre se busca solo entre las personas de su establecimiento. A quien viene por primera vez búsquelo por su DNI.',
    en: 'By name only the people of your facility are searched. Search for somebody who comes for the first time by DNI.',
  },
  name: { es: 'Nombre', en: 'Name' },
  ageAndSex: { es: 'Edad y sexo', en: 'Age and sex' },
  ageSex: { es: '{age}, {sex}', en: '{age}, {sex}' },
  numbers: { es: 'Números', en: 'Numbers' },
  place: { es: 'Municipio', en: 'Municipality' },
  notSaid: { es: 'No anotado', en: 'Not recorded' },
  dead: { es: 'Fallecida', en: 'Deceased' },
  strangers: { es: 'Primera vez en su establecimiento', en: 'First time at your facility' },
  strangersText: {
    es: 'Ya está registrada en el país, pero aquí no se ha atendido. Por eso solo ve estos datos. Si la persona está aquí, ábrale una atención: así verá su expediente y quedará anotado quién lo abrió.',
    en: 'The person is registered in the country but has not been attended here, so you only see this. If the person is here, open a visit: then you see the record, and who opened it is recorded.',
  },
  bornOn: { es: 'Nacimiento', en: 'Born' },
  openToday: { es: 'Abrir atención aquí: viene a consulta', en: 'Open a visit here: comes for care' },
  openEmergency: { es: 'Abrir atención aquí: es una emergencia', en: 'Open a visit here: an emergency' },
  cannotOpen: {
    es: 'Pida a admisión o a quien atiende que le abra una atención.',
    en: 'Ask the desk or whoever attends to open a visit.',
  },
  noneTitle: { es: 'No encontramos a «{asked}»', en: 'We did not find "{asked}"' },
  noneByNumber: {
    es: 'Revise el número. Si está bien escrito, busque por nombre, o registre a la persona.',
    en: 'Check the number. If it is right, search by name, or register the person.',
  },
  noneByName: {
    es: 'Pruebe con otro apellido o con menos letras. Si la persona se atendió en otro lugar, búsquela por su DNI antes de registrarla.',
    en: 'Try another surname or fewer letters. If the person was attended elsewhere, search by DNI before registering.',
  },
  notThese: { es: '¿No es ninguna de estas personas?', en: 'Is it none of these people?' },
  register: { es: 'Registrar paciente nuevo', en: 'Register a new patient' },
} as const satisfies Texts;
