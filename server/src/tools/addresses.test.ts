import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { type AllowList, allowListTexts, isReachable, parseAllowList } from './addresses.ts'

const OWN = 4400
const to = (address: string, port = 80, hostname = address) => ({ hostname, address, port })
const allowing = (text: string): AllowList => {
  const list = parseAllowList(text)
  if (!list.ok) throw new Error(list.error)
  return list.value
}

describe('without exceptions', () => {
  test.each(['93.184.215.14', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is reached', (address) => {
    expect(isReachable(to(address), [], OWN)).toBe(true)
  })

  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.20.30.40',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::8.8.8.8',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '1.1.1.1%eth0',
    'fec0::1',
    'ff02::1',
    '5f00::1',
    'localhost',
    '',
    'x',
    '1.1.1',
    '1.1.1.1.1',
  ])('%s is not reached', (address) => {
    expect(isReachable(to(address), [], OWN)).toBe(false)
  })
})

describe('exceptions of the operator', () => {
  test.each([
    ['127.0.0.1', to('127.0.0.1', 9000), true],
    ['127.0.0.1', to('::ffff:127.0.0.1', 9000), true],
    ['127.0.0.1', to('127.0.0.2'), false],
    ['127.0.0.1:9000', to('127.0.0.1', 9000), true],
    ['127.0.0.1:9000', to('127.0.0.1', 9001), false],
    ['10.0.0.0/8, fd00::/8', to('10.9.9.9'), true],
    ['10.0.0.0/8, fd00::/8', to('fd12::1'), true],
    ['10.0.0.0/8', to('11.0.0.1'), true],
    ['10.0.0.0/8', to('192.168.0.1'), false],
    ['[::1]:8080', to('::1', 8080), true],
    ['[::1]:8080', to('::1', 80), false],
    ['::1', to('::1'), true],
    ['Intern.example', to('10.0.0.5', 80, 'intern.EXAMPLE'), true],
    ['intern.example:443', to('10.0.0.5', 80, 'intern.example'), false],
    ['intern.example', to('10.0.0.5', 80, 'other.example'), false],
    ['0.0.0.0/0', to('127.0.0.1'), true],
  ])('with "%s", %j: %s', (allow, destination, reached) => {
    expect(isReachable(destination, allowing(allow), OWN)).toBe(reached)
  })

  test("Volley's own port is reached by no address of this machine, whatever the exceptions", () => {
    const allow = allowing('0.0.0.0/0,::/0,localhost')
    const own = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .map(({ address }) => address)
    for (const address of ['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', ...own]) {
      expect(isReachable(to(address, OWN), allow, OWN), address).toBe(false)
      expect(isReachable(to(address, OWN, 'localhost'), allow, OWN), address).toBe(false)
    }
    expect(isReachable(to('127.0.0.1', OWN + 1), allow, OWN)).toBe(true)
  })

  test.each(['10.0.0.0/99', 'a b', 'host:99999', 'http://x', '*.example', '[::1', 'x/8'])(
    '"%s" is refused with its reason',
    (text) => {
      expect(parseAllowList(text)).toEqual({ ok: false, error: expect.stringContaining(`"${text}"`) })
    },
  )

  test('is told again as an operator would write it', () => {
    const texts = [
      '10.0.0.0/8',
      'stock.internal',
      'stock.internal:8080',
      '127.0.0.1',
      '127.0.0.1:99',
      'fd00::/8',
      '::1',
      '[::1]:80',
    ]
    expect(allowListTexts(allowing(texts.join(',')))).toEqual(texts)
    expect(allowListTexts(allowing('STOCK.internal , 10.0.0.0/32'))).toEqual(['stock.internal', '10.0.0.0'])
  })

  test('nothing is no exception', () => {
    expect(parseAllowList('')).toEqual({ ok: true, value: [] })
    expect(parseAllowList(' , ')).toEqual({ ok: true, value: [] })
  })
})
