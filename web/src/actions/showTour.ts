import { Footprints } from 'lucide-react'
import { startTour } from '../state/tour.ts'
import { action } from './action.ts'

export const showTour = action({
  name: 'First steps',
  label: 'Show the first steps again',
  icon: Footprints,
  perform: startTour,
})
