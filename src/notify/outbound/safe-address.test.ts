import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/config.js';
import { outboundRules } from './outbound-rules.js';
import { assertSafeUrl, OutboundRefused, safeAddress } from './safe-address.js';

const RULES = { httpsOnly: true, publicOnly: true };
const refused = async (url: string, addresses: readonly string[] = []): Promise<string> => {
  try {
    await safeAddress(url, RULES, () => Promise.resolve(addresses));
    return 'taken';
  } catch (error) {
    return error instanceof OutboundRefused ? error.code : String(error);
  }
};

it('may be this machine where that is said, and no other inside', async () => {
  const rules = { httpsOnly: false, publicOnly: true, loopback: true };
  const asked = (url: string, addresses: readonly string[]) =>
    safeAddress(url, rules, () => Promise.resolve(addresses));
  expect((await asked('http://127.0.0.1:9000/x', [])).address).toBe('127.0.0.1');
  expect((await asked('http://localhost/', ['::1', '127.0.0.1'])).family).toBe(6);
  for (const [url, addresses] of [
    ['http://10.0.0.1/', []],
    ['http://169.254.169.254/', []],
    ['http://inside.example.org/', ['127.0.0.1', '192.168.1.1']],
  ] as const)
    await expect(asked(url, addresses)).rejects.toThrow(OutboundRefused);
});

it.each(['development', 'test'] as const)('is only what is public in %s too, unless loopback is allowed', (mode) => {
  const rules = (env: Record<string, string>) => outboundRules(loadConfig({ NODE_ENV: mode, ...env }));
  expect(rules({})).toEqual({ httpsOnly: false, publicOnly: true, loopback: false });
  expect(rules({ OUTBOUND_LOOPBACK: 'true' }).loopback).toBe(true);
});

describe('what is called', () => {
  it.each([
    ['http://example.org/', 'scheme'],
    ['ftp://example.org/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['gopher://example.org:70/x', 'scheme'],
    ['nothing', 'url'],
    ['https://', 'url'],
    ['https://user:secret@example.org/', 'credentials'],
    ['https://example.org@127.0.0.1/', 'credentials'],
    // Loopback, as it is written.
    ['https://127.0.0.1/', 'address'],
    ['https://127.8.9.1:8080/fhir', 'address'],
    ['https://2130706433/', 'address'],
    ['https://0x7f000001/', 'address'],
    ['https://0177.0.0.1/', 'address'],
    ['https://127.1/', 'address'],
    ['https://0/', 'address'],
    ['https://０.0.0.0/', 'address'],
    ['https://[::1]/', 'address'],
    ['https://[::]/', 'address'],
    // IPv4 inside IPv6: mapped, compatible, translated, tunnelled.
    ['https://[::ffff:127.0.0.1]/', 'address'],
    ['https://[::ffff:7f00:1]/', 'address'],
    ['https://[::ffff:10.0.0.1]/', 'address'],
    ['https://[64:ff9b::7f00:1]/', 'address'],
    ['https://[2002:7f00:1::]/', 'address'],
    ['https://[2001:0:1::1]/', 'address'],
    // Private, shared, local, reserved.
    ['https://10.1.2.3/', 'address'],
    ['https://172.16.0.1/', 'address'],
    ['https://172.31.255.255/', 'address'],
    ['https://192.168.1.1/', 'address'],
    ['https://100.64.0.1/', 'address'],
    ['https://169.254.1.1/', 'address'],
    ['https://192.0.2.1/', 'address'],
    ['https://198.18.0.1/', 'address'],
    ['https://224.0.0.1/', 'address'],
    ['https://255.255.255.255/', 'address'],
    ['https://[fe80::1]/', 'address'],
    ['https://[fc00::1]/', 'address'],
    ['https://[ff02::1]/', 'address'],
    ['https://[2001:db8::1]/', 'address'],
    // Metadata services of clouds.
    ['https://169.254.169.254/latest/meta-data', 'address'],
    ['https://[fd00:ec2::254]/', 'address'],
    ['https://100.100.100.200/', 'address'],
    ['https://168.63.129.16/', 'address'],
    ['https://192.0.0.192/', 'address'],
  ])('not %s (%s)', async (url, code) => {
    expect(await refused(url, ['8.8.8.8'])).toBe(code);
  });

  it.each(['https://8.8.8.8/', 'https://[2606:4700::1111]/', 'https://172.32.0.1/', 'https://example.org:8443/a?b=c'])(
    '%s',
    async (url) => {
      expect(await refused(url, ['93.184.215.14'])).toBe('taken');
    },
  );

  it('not a name that leads inside, with any of its addresses', async () => {
    expect(await refused('https://a.example.org/', ['10.0.0.1'])).toBe('address');
    expect(await refused('https://a.example.org/', ['93.184.215.14', '127.0.0.1'])).toBe('address');
    expect(await refused('https://a.example.org/', ['93.184.215.14', '::ffff:192.168.0.1'])).toBe('address');
    expect(await refused('https://a.example.org/', ['not an address'])).toBe('address');
    expect(await refused('https://a.example.org/', [])).toBe('no-address');
  });

  it('the address that was judged: a name server that changes its mind is asked once', async () => {
    const answers = [['93.184.215.14'], ['127.0.0.1']];
    let asked = 0;
    const resolve = (): Promise<readonly string[]> => Promise.resolve(answers[asked++] ?? []);
    const target = await safeAddress('https://rebind.example.org/', RULES, resolve);
    expect([target.address, target.family, asked]).toEqual(['93.184.215.14', 4, 1]);
  });

  it('on a developer’s machine what is there', () => {
    const open = { httpsOnly: false, publicOnly: false };
    expect(assertSafeUrl('http://127.0.0.1:9000/hook', open).port).toBe('9000');
    expect(() => assertSafeUrl('ftp://127.0.0.1/', open)).toThrow(OutboundRefused);
  });
});
