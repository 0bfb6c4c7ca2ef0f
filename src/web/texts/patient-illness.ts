import type { Words } from '../../words.js';

/**
 * What an ICD-10 code is about in everyday words, by the first code of each range of its chapters; the medical name stands
 * beside it. Ranges are searched from the last one whose start is not after the code.
 */
export const ILLNESS_WORDS: readonly (readonly [from: string, words: Words])[] = [
  ['A00', { es: 'Una infección', en: 'An infection' }],
  ['C00', { es: 'Un tumor', en: 'A tumour' }],
  ['D50', { es: 'Un problema de la sangre', en: 'A problem of the blood' }],
  ['E00', { es: 'Un problema de hormonas, azúcar o nutrición', en: 'A problem of hormones, sugar or nutrition' }],
  ['E10', { es: 'Azúcar en la sangre (diabetes)', en: 'Sugar in the blood (diabetes)' }],
  ['E15', { es: 'Un problema de hormonas, azúcar o nutrición', en: 'A problem of hormones, sugar or nutrition' }],
  ['F00', { es: 'Un problema de salud mental', en: 'A mental health problem' }],
  ['G00', { es: 'Un problema de los nervios o del cerebro', en: 'A problem of the nerves or the brain' }],
  ['H00', { es: 'Un problema de los ojos', en: 'A problem of the eyes' }],
  ['H60', { es: 'Un problema de los oídos', en: 'A problem of the ears' }],
  ['I00', { es: 'Un problema del corazón o de la circulación', en: 'A problem of the heart or the circulation' }],
  ['I10', { es: 'Presión alta', en: 'High blood pressure' }],
  ['I16', { es: 'Un problema del corazón o de la circulación', en: 'A problem of the heart or the circulation' }],
  ['J00', { es: 'Un problema de la respiración', en: 'A problem of breathing' }],
  ['J45', { es: 'Asma', en: 'Asthma' }],
  ['J47', { es: 'Un problema de la respiración', en: 'A problem of breathing' }],
  ['K00', { es: 'Un problema del estómago o de la digestión', en: 'A problem of the stomach or the digestion' }],
  ['L00', { es: 'Un problema de la piel', en: 'A problem of the skin' }],
  ['M00', { es: 'Un problema de huesos, músculos o articulaciones', en: 'A problem of bones, muscles or joints' }],
  ['N00', { es: 'Un problema de los riñones o de las vías de la orina', en: 'A problem of the kidneys or the urine' }],
  ['O00', { es: 'Embarazo o parto', en: 'Pregnancy or birth' }],
  ['P00', { es: 'Un problema del recién nacido', en: 'A problem of the newborn' }],
  ['Q00', { es: 'Un problema de nacimiento', en: 'A problem from birth' }],
  ['R00', { es: 'Una molestia en estudio', en: 'A complaint that is being studied' }],
  ['S00', { es: 'Un golpe, herida o fractura', en: 'A blow, wound or fracture' }],
  ['T00', { es: 'Una lesión o intoxicación', en: 'An injury or poisoning' }],
  ['V00', { es: 'Un accidente o una agresión', en: 'An accident or an assault' }],
  ['Z00', { es: 'Control de salud', en: 'Health check' }],
];
