import type { Branch, VenueKind } from '../../contract/office/venue-kind.ts'
import { texts } from './language.ts'

interface KindWords {
  readonly kinds: Readonly<Record<VenueKind, string>>
  /** a Coordinator by its branch, in full and in a table */
  readonly coordinators: Readonly<Record<Branch, string>>
  readonly branches: Readonly<Record<Branch, string>>
}

export const kindTexts = texts<KindWords>({
  ru: {
    kinds: {
      shop: 'Магазин, торговый центр',
      cafe: 'Кафе, ресторан, столовая',
      bar: 'Бар, ночной клуб',
      beauty: 'Салон красоты, парикмахерская',
      office: 'Офис, учреждение',
      cinema: 'Кинотеатр',
      theatre: 'Театр, концертный зал',
      museum: 'Музей, выставка',
      library: 'Библиотека',
      gym: 'Фитнес-клуб, спортзал',
      pool: 'Бассейн',
      stadium: 'Стадион, спортивная арена',
    },
    coordinators: {
      culture: 'Министерство культуры Ставропольского края',
      sport: 'Министерство физической культуры и спорта Ставропольского края',
      trade: 'Комитет Ставропольского края по пищевой и перерабатывающей промышленности, торговле и лицензированию',
    },
    branches: { culture: 'Культура', sport: 'Спорт', trade: 'Торговля, питание, услуги' },
  },
  en: {
    kinds: {
      shop: 'Shop, shopping centre',
      cafe: 'Café, restaurant, canteen',
      bar: 'Bar, night club',
      beauty: 'Beauty salon, hairdresser',
      office: 'Office, institution',
      cinema: 'Cinema',
      theatre: 'Theatre, concert hall',
      museum: 'Museum, exhibition',
      library: 'Library',
      gym: 'Gym, fitness club',
      pool: 'Swimming pool',
      stadium: 'Stadium, sports arena',
    },
    coordinators: {
      culture: 'Ministry of Culture of Stavropol Krai',
      sport: 'Ministry of Physical Culture and Sport of Stavropol Krai',
      trade: 'Committee of Stavropol Krai for Food Industry, Trade and Licensing',
    },
    branches: { culture: 'Culture', sport: 'Sport', trade: 'Trade, food, services' },
  },
})
