import { describe, expect, it } from 'vitest';
import ucumLhc from '@lhncbc/ucum-lhc';
import { canonicalUnit } from './canonical-unit.js';
import { parseDecimal, sortableKey } from './decimal.js';
import { add, multiply, type Rational } from './rational.js';

/** Value of a quantity in its canonical unit, with that unit. */
function inBase(text: string, code: string): { key: string | undefined; unit: string; value: Rational } | undefined {
  const unit = canonicalUnit(code);
  const number = parseDecimal(text)?.value;
  if (!unit || !number) return undefined;
  const value = multiply(add(number, unit.offset), unit.factor);
  return { key: sortableKey(value), unit: unit.unit, value };
}

describe('canonicalUnit', () => {
  it.each([
    ['1', 'g/L', '100', 'mg/dL'],
    ['5.4', 'mg', '0.0054', 'g'],
    ['37', 'Cel', '98.6', '[degF]'],
    ['0', 'Cel', '273.15', 'K'],
    ['-40', 'Cel', '-40', '[degF]'],
    ['120', 'mm[Hg]', '15.99864', 'kPa'],
    ['1', '[lb_av]', '453.59237', 'g'],
    ['1', '[in_i]', '2.54', 'cm'],
    ['5', '[ft_i]', '60', '[in_i]'],
    ['1', 'mmol/L', '1000', 'umol/L'],
    ['60', '/min', '1', 'Hz'],
    ['1', 'wk', '168', 'h'],
    ['12', 'mo', '1', 'a'],
    ['1', '%', '10', '[ppth]'],
    ['4.5', '10*6/uL', '4.5', '10*12/L'],
    ['7', '10*3/uL', '7000', '/uL'],
    ['1', 'U/L', '1', 'umol/min/L'],
    ['1', 'kat', '60000000', 'U'],
    ['1', '[IU]/mL', '1000', '[iU]/L'],
    ['1', 'cm[H2O]', '98.0665', 'Pa'],
    ['1', 'ug/mL', '1', 'mg/L'],
    ['1', 'mL/min/{1.73_m2}', '1', 'mL/min'],
    ['1', 'kg/m2', '0.1', 'g/cm2'],
    ['1', '[cup_us]', '8', '[foz_us]'],
    ['1', 'meq/L', '1', 'mmol/L'],
    ['1', '(kg.m)/s2', '1', 'N'],
    ['3', '{score}', '3', '1'],
  ])('%s %s is %s %s', (a, codeA, b, codeB) => {
    const [left, right] = [inBase(a, codeA), inBase(b, codeB)];
    expect(left?.unit).toBe(right?.unit);
    expect(left?.key).toBe(right?.key);
    expect(left?.key).toBeDefined();
  });

  it.each([
    '',
    'foo',
    'Mg/dl/',
    'mg/',
    '/',
    'mg//dL',
    '(mg',
    'mg)',
    'Cel/min',
    'kkg',
    'm2m',
    'x'.repeat(101),
    '10*99999',
    'm61',
  ])('knows no %j', (code) => {
    expect(canonicalUnit(code)).toBeUndefined();
  });

  it('keeps dimensions and arbitrary units apart', () => {
    const units = ['g', 'm', '[iU]', "[arb'U]", 'mol', '1', '[pH]', 'K'].map((code) => canonicalUnit(code)?.unit);
    expect(new Set(units).size).toBe(units.length);
  });

  it('converts as the library of the US National Library of Medicine does', () => {
    const library = ucumLhc.UcumLhcUtils.getInstance();
    const groups = [
      ['g', 'mg', 'ug', 'kg', '[lb_av]', '[oz_av]', '[gr]', 't'],
      ['L', 'mL', 'dL', 'uL', 'm3', '[gal_us]', '[foz_us]', '[tsp_us]', '[cin_i]'],
      ['m', 'cm', 'mm', '[in_i]', '[ft_i]', '[yd_i]', '[mi_i]'],
      ['s', 'min', 'h', 'd', 'wk', 'mo', 'a', 'ms'],
      ['Pa', 'kPa', 'mm[Hg]', 'cm[H2O]', 'bar', 'atm', '[psi]'],
      ['J', 'kJ', 'cal', 'kcal', '[Cal]', 'erg'],
      ['K', 'Cel', '[degF]'],
      ['g/L', 'mg/dL', 'ug/mL', 'kg/m3', 'ng/mL', 'pg/mL'],
      ['mmol/L', 'umol/L', 'mol/m3', 'nmol/mL', 'meq/L', 'mosm/L'],
      ['/min', 'Hz', '/s', '/h'],
      ['10*3/uL', '10*9/L', '/L', '10*6/mL'],
      ['U/L', 'umol/min/L', 'kat/m3', 'mU/mL'],
      ['rad', 'deg', "'", 'gon'],
      ['Gy', 'Sv', 'RAD', 'mGy', 'J/kg'],
      ['N', 'dyn', '[lbf_av]', 'kg.m/s2'],
    ];
    const wrong: string[] = [];
    for (const codes of groups)
      for (const from of codes)
        for (const to of codes) {
          const theirs = library.convertUnitTo(from, 7, to).toVal;
          const [a, b] = [inBase('7', from), canonicalUnit(to)];
          if (!a || !b || a.unit !== b.unit || theirs === null) {
            wrong.push(`${from} ${to}: ${a?.unit} ${b?.unit} ${theirs}`);
            continue;
          }
          const ours =
            Number(a.value.n) / Number(a.value.d) / (Number(b.factor.n) / Number(b.factor.d)) -
            Number(b.offset.n) / Number(b.offset.d);
          if (Math.abs(ours - theirs) > 1e-6 * Math.max(1, Math.abs(theirs)))
            wrong.push(`${from} ${to}: ${ours} ${theirs}`);
        }
    expect(wrong).toEqual([]);
  });
});
