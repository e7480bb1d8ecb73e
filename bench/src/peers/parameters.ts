import { z } from 'zod'

/** What every tool takes, as the peers' users would write it. */
export const parameters = z.object({ job: z.string(), n: z.number().int(), inputs: z.array(z.string()) })

/** The same for every peer. */
export const SYSTEM = 'You do what the plan says.'
export const INPUT = 'Go.'
export const MOST_TURNS = 40
