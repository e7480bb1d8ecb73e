import { stemOf } from './readInput.ts'

/** What a step of a task does: looks something up, thinks about what is there, or changes something in the world. */
export type StepKind = 'lookup' | 'think' | 'change'

/** One thing to do, as the words say it: "look up flights and hotels" is a step with two objects. */
export interface Step {
  kind: StepKind
  /** How the names of its tools begin. */
  verb: string
  /** What it is done with, each in its own words; empty where the words only point back, as in "book the cheapest". */
  objects: string[]
  /** Whether it comes after the step before by the words themselves: "then", or "for each", or "their". */
  isAfter: boolean
}

/** Verbs by what they do; a phrase may stand for its first word. A word behind `:` is the one that names begin with. */
const VERBS: Record<StepKind, string> = {
  lookup:
    'look-up:search look-for:search search-for:search search find-out:get find:search browse:search discover:search get fetch:get show:get see:get read collect:get gather:get pull:get retrieve:get query:get check check-for:check list geocode track:get monitor:check look-at:get look:get know:get tell:get watch:check research:search explore:search ask:get measure:get count forecast:get',
  think:
    'compare rank merge combine summarise summarize analyse analyze calculate compute choose pick:choose select:choose filter sort decide translate write draft classify extract estimate evaluate review score convert plan group validate verify judge recommend suggest prepare:write answer:write explain:write generate:write compose:write build:write detect flag',
  change:
    'book buy order reserve pay send email:send mail:send post publish create add update change delete remove cancel schedule notify refund file save store upload submit transfer move assign invite reply alert:notify remind:notify charge ship open close message:send log:save record:save register',
}
const KNOWN = new Map(
  (Object.keys(VERBS) as StepKind[]).flatMap((kind) =>
    VERBS[kind].split(' ').map((entry) => {
      const [phrase = '', name] = entry.split(':')
      return [phrase, { kind, verb: name ?? phrase.split('-')[0] ?? phrase }] as const
    }),
  ),
)

const INTRODUCTION =
  /^(?:please|hi|hello|(?:i|we) (?:want|need|would like|'d like)(?: to (?:have|build|make))?|(?:can|could) you|help (?:me|us)(?: to)?|(?:build|make|create|draft|give me|write|design)?\s*(?:me )?(?:an?|the|my|our) (?:[\w-]+ ){0,3}?(?:agent|assistant|bot|helper|flow)(?: (?:that|which|who|to|should|can|must|will))?|for (?:each|every|all|a given|any) [\w-]+|the agent|it|that|which|should|must|will|can|to)\b[\s,:]*/i
const JOINT =
  /^(?:and then|then|and finally|finally|after that|afterwards|next|lastly|once (?:that is|it is|they are) done|when (?:that is|it is) done|before that|and|or|also|as well as|plus)\b[\s,]*/i
const AFTER = /then|finally|after|next|lastly|once|when/i
const POINTS_BACK =
  /\b(?:for each|of each|for every|for all of|their|its|them|those|these|each of|from (?:that|there|it))\b/i
const OBJECT_ENDS =
  /\b(?:for|in|of|from|to|with|by|on|about|at|that|which|who|if|when|so|per|using|into|as|against|between|over|under|until|unless|because|before|after|through|via|within|where)\b/i
const SMALL =
  /^(?:the|a|an|my|our|your|their|its|his|her|all|any|some|each|every|this|that|these|those|it|them|both|one|most|least|best|cheapest|fastest|nearest|latest|current|new|up|out|me|us|him|everything|result|results|winner|relevant|good|right|only|first|last|as|well|also|of|is|are|more|other|top|\d+)$/i

/** Takes a task apart into steps, by its verbs. The same words always give the same steps; words without a known verb give none. */
export function readTask(text: string): Step[] {
  const steps: Step[] = []
  for (const sentence of text.slice(0, MOST_CHARS).split(/[.!?;\n]+/)) {
    let rest = withoutIntroduction(sentence.trim())
    let isAfter = false
    while (rest !== '' && steps.length < MOST_STEPS) {
      const { clause, joint, left } = firstClause(rest)
      const step = stepOf(clause, isAfter)
      // "… and tell me which is warmest" names nothing more to look up: the answer says it.
      if (step && (step.kind !== 'lookup' || step.objects.length > 0 || steps.length === 0)) steps.push(step)
      isAfter = AFTER.test(joint)
      rest = left
    }
  }
  return steps
}

const MOST_CHARS = 4000
const MOST_STEPS = 12

/** A sentence from its first verb on: "I want an agent that looks up …" begins with "looks up". */
export function withoutIntroduction(sentence: string): string {
  let rest = sentence
  for (
    let left = rest.replace(INTRODUCTION, '');
    left !== rest && verbAt(rest) === null;
    left = rest.replace(INTRODUCTION, '')
  )
    rest = left
  return rest
}

/** The words up to where a joint is followed by another verb, that joint, and what is left. */
function firstClause(text: string): { clause: string; joint: string; left: string } {
  for (const match of text.matchAll(
    /,\s*|\s+(?=(?:and|or|then|finally|after that|afterwards|next|as well as|plus)\b)/gi,
  )) {
    const behind = text.slice(match.index + match[0].length)
    const joint = JOINT.exec(behind)?.[0] ?? ''
    const left = behind.slice(joint.length)
    const again = JOINT.exec(left)?.[0] ?? ''
    const next = left.slice(again.length)
    if (verbAt(next) !== null) return { clause: text.slice(0, match.index), joint: joint + again, left: next }
  }
  return { clause: text, joint: '', left: '' }
}

/** The verb that a text begins with, and what stands behind it. "looks up" is "look up". */
function verbAt(text: string): { kind: StepKind; verb: string; behind: string } | null {
  const [, one = '', two = ''] = /^([a-z]+)(?:\s+([a-z]+))?/i.exec(text) ?? []
  const bases = [one.toLowerCase(), stemOf(one.toLowerCase())]
  for (const base of bases) {
    const phrase = two === '' ? undefined : KNOWN.get(`${base}-${two.toLowerCase()}`)
    if (phrase) return { ...phrase, behind: text.slice(text.indexOf(two, one.length) + two.length) }
  }
  for (const base of bases) {
    const known = KNOWN.get(base)
    if (known) return { ...known, behind: text.slice(one.length) }
  }
  return null
}

function stepOf(clause: string, isAfter: boolean): Step | null {
  const found = verbAt(clause)
  if (!found) return null
  const objects = found.behind.split(OBJECT_ENDS)[0] ?? ''
  return {
    kind: found.kind,
    verb: found.verb,
    objects: [
      ...new Set(
        objects
          .replace(QUOTED, ' ')
          .split(/,|\band\b|\bor\b/i)
          .map(nounOf)
          .filter((noun) => noun !== ''),
      ),
    ].slice(0, 6),
    isAfter: isAfter || POINTS_BACK.test(clause),
  }
}

const QUOTED = /["“”«»][^"“”«»]*["“”«»]/g

/** The last words of an object that say something, at most three, in small letters. */
function nounOf(words: string): string {
  return (words.toLowerCase().match(/[a-z0-9]+(?:'s)?/g) ?? [])
    .map((word) => word.replace(/'s$/, ''))
    .filter((word) => !SMALL.test(word))
    .slice(-3)
    .join(' ')
}
