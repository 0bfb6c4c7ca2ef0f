/** Text in WinAnsi as a PDF string (ISO 32000-1, 7.3.4.2): parentheses and backslashes escaped, others as octal. */
const pdfString = (text: string): string =>
  `(${text.replace(/[()\\]/g, '\\$&').replace(/[^ -~]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\${code.toString(8).padStart(3, '0')}` : '?';
  })})`;

/**
 * A PDF of one letter page with lines of text in Helvetica (ISO 32000-1): what a study's report looks like as an
 * attachment. The same lines give the same bytes.
 */
export function onePagePdf(lines: readonly string[]): Buffer {
  const content = `BT /F1 12 Tf 16 TL 72 720 Td ${lines.map((line) => `${pdfString(line)} Tj T*`).join(' ')} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  const offsets: number[] = [];
  let text = '%PDF-1.4\n';
  objects.forEach((object, index) => {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}
