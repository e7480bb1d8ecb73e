import { expect, test } from 'vitest'
import { RECENT, rankCommands, withRecent } from './rankCommands.ts'

const command = (label: string, group = 'Edit', refusal: string | null = null) => ({
  id: label,
  group,
  label,
  hint: '',
  refusal,
})
const ALL = [command('Undo'), command('Redo'), command('Tidy up', 'Arrange'), command('city', 'Parameters')]
const labels = (ranked: ReturnType<typeof rankCommands<(typeof ALL)[number]>>) => ranked.map((one) => one.command.label)

test('without words everything stands under its title, with what was used last in front', () => {
  const ranked = rankCommands(ALL, '', ['Tidy up'], ['Parameters'])
  expect(labels(ranked)).toEqual(['Tidy up', 'Undo', 'Redo'])
  expect(ranked.map((one) => one.title)).toEqual([RECENT, 'Edit', 'Edit'])
})

test('with words the best comes first, also of what is only searched', () => {
  expect(labels(rankCommands(ALL, 'ti', [], ['Parameters']))[0]).toBe('Tidy up')
  expect(labels(rankCommands(ALL, 'city', [], ['Parameters']))).toEqual(['city'])
  expect(labels(rankCommands(ALL, 'arrange', []))).toEqual(['Tidy up'])
})

test('of two that are as good, the one that was used lately comes first, and one that cannot be done comes last', () => {
  const twins = [command('Align left'), command('Align list'), command('Align line', 'Edit', 'Select two.')]
  expect(labels(rankCommands(twins, 'align l', ['Align list']))).toEqual(['Align list', 'Align left', 'Align line'])
})

test('what is used again moves to the front and is there once', () => {
  expect(withRecent(['a', 'b', 'c'], 'b')).toEqual(['b', 'a', 'c'])
  expect(withRecent(['a', 'b', 'c', 'd', 'e'], 'f')).toEqual(['f', 'a', 'b', 'c', 'd'])
})
