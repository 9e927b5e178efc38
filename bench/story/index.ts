/**
 * `npm run story`: the order's §3 acted out by named people against a fresh server, over HTTP and by mail alone: keys,
 * first Operator, Coordinators, application, decision, registration, poster, kiosk, first visit. One line a step, then
 * one JSON line: `{"steps": N, "failed": 0}`.
 */
import { tellRegister } from './register.ts'

const { steps, failed } = await tellRegister((line) => console.log(line))
console.log(JSON.stringify({ steps, failed }))
process.exitCode = failed === 0 ? 0 : 1
