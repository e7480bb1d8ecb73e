import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
  type LucideIcon,
} from 'lucide-react'
import { action, now } from './action.ts'
import { arrange, countSelectedNodes, selectedBoxes } from './arrange.ts'
import { alignedPlaces, type Direction, distributedPlaces, SIDES, type Side } from './arrangement.ts'

const ICONS: Record<Side, LucideIcon> = {
  left: AlignStartVertical,
  centre: AlignCenterVertical,
  right: AlignEndVertical,
  top: AlignStartHorizontal,
  middle: AlignCenterHorizontal,
  bottom: AlignEndHorizontal,
}
const LINES: Record<Side, string> = {
  left: 'left sides',
  centre: 'centres',
  right: 'right sides',
  top: 'tops',
  middle: 'middles',
  bottom: 'bottoms',
}

/** One action for each line that the selected nodes can be put on. */
export const alignActions = SIDES.map((side) =>
  action({
    name: `Align ${side}`,
    label: `Align ${LINES[side]}`,
    icon: ICONS[side],
    needs: 'Select two nodes or more.',
    enabledWhen: (at) => countSelectedNodes(at) > 1,
    perform: () => arrange(`Align ${LINES[side]}`, alignedPlaces(selectedBoxes(now()), side)),
  }),
)

const ways: [Direction, LucideIcon][] = [
  ['across', AlignHorizontalSpaceBetween],
  ['down', AlignVerticalSpaceBetween],
]

/** One action for each way in which the gaps between selected nodes can be made equal. */
export const distributeActions = ways.map(([direction, icon]) =>
  action({
    name: `Distribute ${direction}`,
    label: `Distribute ${direction}: equal gaps`,
    icon,
    needs: 'Select three nodes or more.',
    enabledWhen: (at) => countSelectedNodes(at) > 2,
    perform: () => arrange(`Distribute ${direction}`, distributedPlaces(selectedBoxes(now()), direction)),
  }),
)
