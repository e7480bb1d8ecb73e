import type { Json } from '../../lib/json.ts'
import type { ExpectedCall } from '../testCase.ts'
import { isTypedObject, plainJson, type Typed, type TypedObject } from './typedJson.ts'

const MOST_VALUES = 200

/** The leaderboard's answers as expected calls: `""` among accepted values says that a parameter may be left out. */
export function expectedCallsOf(
  answers: readonly Typed[],
  functions: readonly TypedObject[],
  names: readonly { own: string; legal: string }[],
): ExpectedCall[] {
  return answers.filter(isTypedObject).flatMap((answer) =>
    Object.entries(answer).map(([name, accepted]): ExpectedCall => {
      const given = isTypedObject(accepted) ? accepted : {}
      const at = functions.findIndex((one) => one.name === name)
      const declared = propertiesOf(functions[at]?.parameters)
      const valuesOf = (parameter: string) => acceptedValues(given[parameter] as Typed, declared[parameter])
      const omittable = Object.keys(given).filter((parameter) => valuesOf(parameter).isOmittable)
      return {
        tool: names[at]?.legal ?? name,
        arguments: Object.fromEntries(Object.keys(given).map((parameter) => [parameter, valuesOf(parameter).values])),
        ...(omittable.length > 0 ? { omittable } : {}),
      }
    }),
  )
}

function acceptedValues(accepted: Typed, declared: Typed | undefined): { values: Json[]; isOmittable: boolean } {
  const list = Array.isArray(accepted) ? accepted : [accepted]
  const isOmittable = list.includes('')
  const values = list.filter((one) => one !== '').flatMap((one) => spelledOut(one, declared))
  // More ways than anyone would write down: then any value does here, and the leaderboard's verdict alone decides.
  return { values: values.length > MOST_VALUES ? [] : values, isOmittable }
}

/** Inside objects each key has accepted values of its own: every way to choose among them is one value. */
function spelledOut(accepted: Typed, declared: Typed | undefined): Json[] {
  const type = isTypedObject(declared) ? declared.type : undefined
  if (type === 'dict' && isTypedObject(accepted)) return objectsOf(accepted)
  const items = isTypedObject(declared) ? declared.items : undefined
  if (Array.isArray(accepted) && isTypedObject(items) && items.type === 'dict')
    return combined(accepted.map((one) => (isTypedObject(one) ? objectsOf(one) : [plainJson(one)])))
  return [plainJson(accepted)]
}

function objectsOf(accepted: TypedObject): Json[] {
  const choices = Object.entries(accepted).map(([key, values]) => {
    const list = Array.isArray(values) ? values : [values]
    return list.map((value): Json[] => (value === '' ? [] : [[key, plainJson(value)]]))
  })
  return combined(choices).map((entries) => Object.fromEntries((entries as Json[][]).flat() as [string, Json][]))
}

/** Every way to take one of each list, as far as there are not too many. */
function combined(lists: readonly Json[][]): Json[][] {
  return lists.reduce<Json[][]>(
    (ways, choices) =>
      ways.length > MOST_VALUES ? ways : ways.flatMap((way) => choices.map((choice) => [...way, choice])),
    [[]],
  )
}

const propertiesOf = (parameters: Typed | undefined): TypedObject =>
  isTypedObject(parameters) && isTypedObject(parameters.properties) ? parameters.properties : {}
