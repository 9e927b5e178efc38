import { expect, test } from 'vitest'
import { rememberCamera, rememberedCamera } from './memory.ts'

function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

test('the camera of last time is remembered', () => {
  const kept = storage()
  expect(rememberedCamera(kept)).toBeUndefined()
  rememberCamera(kept, { deviceId: 'a', label: 'b' })
  expect(rememberedCamera(kept)).toEqual({ deviceId: 'a', label: 'b' })
})

test.each(['', '{', '[]', '"x"', '{"deviceId":1,"label":"b"}', '{"deviceId":"a"}'])('%s is no camera', (text) => {
  expect(rememberedCamera({ getItem: () => text })).toBeUndefined()
})
