/**
 * Starts of words (no accents, lower case) that tell an illness, a specialty, a study or a treatment, in Spanish and English.
 * No message may hold one, and a facility whose name holds one is not named to a telephone that a family shares.
 */
const STEMS: readonly string[] = [
  ...['diagnos', 'enferm', 'sintoma', 'symptom', 'disease', 'illness', 'infec', 'cancer', 'tumor', 'onco', 'leucem'],
  ...['diabet', 'hiperten', 'hypertens', 'embaraz', 'pregnan', 'materno', 'prenatal', 'gineco', 'obstet', 'parto'],
  ...['psiqui', 'psych', 'mental', 'suicid', 'depres', 'adicc', 'addict', 'alcohol', 'droga', 'violen', 'abus'],
  ...['vih', 'hiv', 'sida', 'aids', 'tubercul', 'sifil', 'syphil', 'herpes', 'hepatit', 'covid', 'dengue'],
  ...['cardio', 'corazon', 'heart', 'pulmon', 'lung', 'torax', 'thorax', 'renal', 'nefro', 'nephro', 'dialis'],
  ...['neuro', 'epilep', 'trauma', 'fractur', 'derma', 'oftalm', 'ophthal', 'uro', 'pediatr', 'geriatr', 'cirug'],
  ...[
    'surg',
    'operac',
    'biops',
    'radio',
    'rayos',
    'ultrason',
    'laborat',
    'examen',
    'exams',
    'muestra',
    'sangre',
    'blood',
  ],
  ...['medic', 'farmac', 'dosis', 'dose', 'vacun', 'vaccin', 'terapi', 'therap', 'quimio', 'chemo', 'dolor', 'pain'],
  ...['especialidad', 'specialt', 'consulta', 'clinica', 'alerg', 'allerg', 'discapac', 'disab', 'rehabil'],
];

const words = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u);

/** Words of a text that tell something clinical; none for what may be said on a shared telephone. */
export const clinicalWords = (text: string): readonly string[] =>
  words(text).filter((word) => STEMS.some((stem) => word.startsWith(stem)));
