/*
 * Units of the Unified Code for Units of Measure (case-sensitive codes, https://ucum.org/ucum) that clinical data uses, each by
 * an exact factor and other units. `mol` is a base unit here (UCUM counts it as a number), so that 1 mmol/L is not 6e20 /L.
 */

/** Prefixes of metric units, as powers of ten. */
// prettier-ignore
export const PREFIXES: Readonly<Record<string, number>> = {
  Y: 24, Z: 21, E: 18, P: 15, T: 12, G: 9, M: 6, k: 3, h: 2, da: 1,
  d: -1, c: -2, m: -3, u: -6, n: -9, p: -12, f: -15, a: -18, z: -21, y: -24,
};

/** Units that are made of nothing else; those in brackets are arbitrary: comparable with themselves alone. */
// prettier-ignore
export const BASE_UNITS: ReadonlySet<string> = new Set([
  'm', 's', 'g', 'rad', 'K', 'C', 'cd', 'mol', 'bit', 'B', 'Np',
  '[iU]', "[arb'U]", "[USP'U]", "[GPL'U]", "[MPL'U]", "[APL'U]", "[beth'U]", "[anti'Xa'U]", "[todd'U]", "[dye'U]",
  "[smgy'U]", "[bdsk'U]", "[ka'U]", "[knk'U]", "[mclg'U]", "[tb'U]", "[hnsf'U]", "[D'ag'U]", '[CCID_50]', '[TCID_50]',
  '[EID_50]', '[CFU]', '[FFU]', '[PFU]', '[Lf]', '[AU]', '[BAU]', '[ELU]', '[EU]', '[pH]', '[PNU]', '[Amb\'a\'1\'U]', '[FEU]',
]);

/** Units that take a prefix, beside the base units and those of `DERIVED_METRIC`. */
// prettier-ignore
export const METRIC_BASE: ReadonlySet<string> = new Set([
  'm', 's', 'g', 'rad', 'K', 'C', 'cd', 'mol', 'bit', 'B', 'Np', '[iU]',
]);

/** Metric units made of others: `factor unit`. */
// prettier-ignore
export const DERIVED_METRIC: Readonly<Record<string, readonly [factor: string, unit: string]>> = {
  sr: ['1', 'rad2'], Hz: ['1', 's-1'], N: ['1', 'kg.m/s2'], Pa: ['1', 'N/m2'], J: ['1', 'N.m'], W: ['1', 'J/s'],
  A: ['1', 'C/s'], V: ['1', 'J/C'], F: ['1', 'C/V'], Ohm: ['1', 'V/A'], S: ['1', 'Ohm-1'], Wb: ['1', 'V.s'],
  T: ['1', 'Wb/m2'], H: ['1', 'Wb/A'], lm: ['1', 'cd.sr'], lx: ['1', 'lm/m2'], Bq: ['1', 's-1'], Gy: ['1', 'J/kg'],
  Sv: ['1', 'J/kg'], l: ['1', 'dm3'], L: ['1', 'l'], t: ['1000', 'kg'], bar: ['100000', 'Pa'], ar: ['100', 'm2'],
  u: ['1.6605402e-24', 'g'], eV: ['1.60217733e-19', 'J'], pc: ['3.085678e16', 'm'], eq: ['1', 'mol'], osm: ['1', 'mol'],
  kat: ['1', 'mol/s'], U: ['1', 'umol/min'], '[IU]': ['1', '[iU]'], cal: ['4.184', 'J'], cal_th: ['4.184', 'J'],
  cal_IT: ['4.1868', 'J'], 'm[Hg]': ['133.3220', 'kPa'], 'm[H2O]': ['9.80665', 'kPa'], Ci: ['3.7e10', 'Bq'],
  R: ['2.58e-4', 'C/kg'], dyn: ['1', 'g.cm/s2'], erg: ['1', 'dyn.cm'], P: ['1', 'dyn.s/cm2'], St: ['1', 'cm2/s'],
  RAD: ['100', 'erg/g'], REM: ['1', 'RAD'], G: ['1e-4', 'T'], By: ['8', 'bit'], Gal: ['1', 'cm/s2'], st: ['1', 'm3'],
};

/** Other units made of others: `factor unit`. */
// prettier-ignore
export const DERIVED: Readonly<Record<string, readonly [factor: string, unit: string]>> = {
  '%': ['0.01', '1'], '[ppth]': ['1e-3', '1'], '[ppm]': ['1e-6', '1'], '[ppb]': ['1e-9', '1'], '[pptr]': ['1e-12', '1'],
  '[pi]': ['3.1415926535897932384626433832795028841971693993751', '1'],
  min: ['60', 's'], h: ['60', 'min'], d: ['24', 'h'], wk: ['7', 'd'], a: ['365.25', 'd'], a_j: ['365.25', 'd'],
  a_t: ['365.24219', 'd'], a_g: ['365.2425', 'd'], mo: ['1', 'a_j/12'], mo_j: ['1', 'a_j/12'], mo_g: ['1', 'a_g/12'],
  mo_s: ['29.53059', 'd'], deg: ['2', '[pi].rad/360'], "'": ['1', 'deg/60'], "''": ['1', "'/60"], gon: ['0.9', 'deg'],
  '[in_i]': ['2.54', 'cm'], '[ft_i]': ['12', '[in_i]'], '[yd_i]': ['3', '[ft_i]'], '[mi_i]': ['5280', '[ft_i]'],
  '[nmi_i]': ['1852', 'm'], '[sin_i]': ['1', '[in_i]2'], '[sft_i]': ['1', '[ft_i]2'], '[cin_i]': ['1', '[in_i]3'],
  '[cft_i]': ['1', '[ft_i]3'], '[gal_us]': ['231', '[in_i]3'], '[qt_us]': ['1', '[gal_us]/4'], '[pt_us]': ['1', '[qt_us]/2'],
  '[gil_us]': ['1', '[pt_us]/4'], '[foz_us]': ['1', '[gil_us]/4'], '[fdr_us]': ['1', '[foz_us]/8'],
  '[tbs_us]': ['1', '[foz_us]/2'], '[tsp_us]': ['1', '[tbs_us]/3'], '[cup_us]': ['16', '[tbs_us]'],
  '[foz_m]': ['30', 'mL'], '[cup_m]': ['240', 'mL'], '[tsp_m]': ['5', 'mL'], '[tbs_m]': ['15', 'mL'], '[drp]': ['1', 'mL/20'],
  '[gr]': ['64.79891', 'mg'], '[lb_av]': ['7000', '[gr]'], '[oz_av]': ['1', '[lb_av]/16'], '[dr_av]': ['1', '[oz_av]/16'],
  '[stone_av]': ['14', '[lb_av]'], '[pwt_tr]': ['24', '[gr]'], '[oz_tr]': ['20', '[pwt_tr]'], '[lb_tr]': ['12', '[oz_tr]'],
  '[g]': ['9.80665', 'm/s2'], gf: ['1', 'g.[g]'], '[lbf_av]': ['1', '[lb_av].[g]'], '[psi]': ['1', '[lbf_av]/[sin_i]'],
  atm: ['101325', 'Pa'], '[in_i\'Hg]': ['1', 'm[Hg].[in_i]/m'], '[in_i\'H2O]': ['1', 'm[H2O].[in_i]/m'],
  '[Cal]': ['1', 'kcal_th'], '[MET]': ['3.5', 'mL/min/kg'], '[diop]': ['1', '/m'], '[Ch]': ['1', 'mm/3'], '[S]': ['1', '10*-13.s'],
  '[HPF]': ['1', '1'], '[LPF]': ['100', '1'], '[car_m]': ['0.2', 'g'],
};

/** Units with a zero point of their own: kelvin = (value + offset) * factor. They stand alone, never in a product. */
export const OFFSET_UNITS: Readonly<Record<string, readonly [offset: string, numerator: bigint, denominator: bigint]>> =
  {
    Cel: ['273.15', 1n, 1n],
    '[degF]': ['459.67', 5n, 9n],
  };
