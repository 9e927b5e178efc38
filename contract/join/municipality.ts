/** City, district or округ that an address names, as people write them: «г. Ставрополь», «Шпаковский м. о.»; '' where none. */
export function municipalityOf(address: string): string {
  const district =
    /(?:^|[\s,])(\p{Lu}[\p{L}-]+(?:ский|цкий))\s+(?:м\.?\s?о\.?|г\.?\s?о\.?|р-н|район|(?:муниципальный\s+|городской\s+)?округ)/u
  const city = /(?:^|[\s,])(?:г\.?|город)\s*(\p{Lu}[\p{L}-]+)/u
  const found = district.exec(address)
  if (found?.[1] !== undefined) return `${found[1]} округ`
  return city.exec(address)?.[1] ?? ''
}
