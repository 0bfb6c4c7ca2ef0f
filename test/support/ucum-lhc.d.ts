/** The part of the library that the tests compare with; it brings no types of its own. */
declare module '@lhncbc/ucum-lhc' {
  interface Conversion {
    readonly status: 'succeeded' | 'failed' | 'error';
    readonly toVal: number | null;
  }
  interface UcumLhcUtils {
    convertUnitTo(fromCode: string, value: number, toCode: string): Conversion;
  }
  const ucumLhc: { readonly UcumLhcUtils: { getInstance(): UcumLhcUtils } };
  export = ucumLhc;
}
