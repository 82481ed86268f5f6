import type { PartTemplate } from './part-templates.ts';
import { ofCategory } from './template-row.ts';

export const BODY_PARTS: readonly PartTemplate[] = [
  ...ofCategory('Éclairage', [
    [
      'headlamp',
      'Optique avant {gauche|droite} {halogène H7/H1|halogène H4|LED}',
      'VALEO,HELLA',
      8990,
      34990,
    ],
    ['rear-lamp', 'Feu arrière {gauche|droit}', 'VALEO,HELLA', 4990, 14990],
    ['fog-lamp', 'Projecteur antibrouillard {gauche|droit}', 'VALEO,HELLA', 2990, 8990],
    [
      'bulb-h7',
      'Ampoules H7 12 V 55 W, {boîte de 2|blister de 1}',
      'PHILIPS,OSRAM,HELLA',
      690,
      2990,
      { universal: 4 },
    ],
    ['bulb-h4', 'Ampoule H4 12 V 60/55 W{| longue durée}', 'PHILIPS,OSRAM', 590, 1990, { universal: 3 }],
    ['bulb-p21', 'Ampoules P21/5W 12 V, boîte de 10', 'PHILIPS,OSRAM', 890, 1790, { universal: 3 }],
  ]),
  ...ofCategory('Carrosserie', [
    [
      'wing-mirror',
      'Rétroviseur extérieur {gauche|droit} électrique dégivrant',
      'VAN WEZEL,HELLA',
      4990,
      17990,
    ],
    ['mirror-glass', 'Glace de rétroviseur {gauche|droit}', 'VAN WEZEL', 1290, 3990],
    ['bumper', 'Pare-chocs avant à peindre', 'VAN WEZEL', 12990, 32990],
    ['front-wing', 'Aile avant {gauche|droite} à peindre', 'VAN WEZEL', 5990, 15990],
    ['grille', 'Calandre', 'VAN WEZEL', 3990, 10990],
    ['wheel-arch', 'Pare-boue avant {gauche|droit}', 'VAN WEZEL', 2490, 5990],
    ['tailgate-strut', 'Vérin de hayon', 'BILSTEIN,MEYLE,MONROE', 1490, 3490, { quantity: [2, 2] }],
    ['window-lifter', 'Lève-vitre électrique avant {gauche|droit}', 'VALEO,BOSCH', 5990, 14990],
    ['clips', 'Agrafes de garniture, assortiment de {50|100}', 'RESTAGRAF', 990, 2990, { universal: 8 }],
  ]),
  ...ofCategory('Pneus', [
    [
      'summer-tyre',
      'Pneu été %line% %tyres% {88H|91V|94W}',
      'MICHELIN,CONTINENTAL,HANKOOK',
      6990,
      17990,
      {
        lines: { MICHELIN: 'Primacy 4+', CONTINENTAL: 'EcoContact 6', HANKOOK: 'Ventus Prime 4' },
        quantity: [2, 4],
      },
    ],
    [
      'winter-tyre',
      'Pneu hiver %line% %tyres% {88H|91H|94V}',
      'MICHELIN,CONTINENTAL,HANKOOK',
      7990,
      18990,
      {
        lines: { MICHELIN: 'Alpin 6', CONTINENTAL: 'WinterContact TS 870', HANKOOK: 'i*cept RS3' },
        quantity: [2, 4],
      },
    ],
    [
      'all-season-tyre',
      'Pneu 4 saisons %line% %tyres% {88H|91V|94W}',
      'MICHELIN,CONTINENTAL,HANKOOK',
      7990,
      18990,
      {
        lines: { MICHELIN: 'CrossClimate 2', CONTINENTAL: 'AllSeasonContact 2', HANKOOK: 'Kinergy 4S2' },
        quantity: [2, 4],
      },
    ],
  ]),
  ...ofCategory('Essuie-glaces', [
    [
      'wipers',
      "Balais d'essuie-glace avant plats {600/400|650/475|600/530|550/450} mm",
      'BOSCH,VALEO',
      1990,
      4490,
    ],
    ['rear-wiper', "Balai d'essuie-glace arrière {300|330|350} mm", 'BOSCH,VALEO', 890, 1990],
    ['washer-pump', 'Pompe de lave-glace', 'VALEO,BOSCH', 990, 2490],
  ]),
  ...ofCategory('Climatisation', [
    [
      'ac-compressor',
      'Compresseur de climatisation',
      'DENSO,VALEO,HELLA',
      24990,
      54990,
      { deposit: { amount: [5000, 9000], months: 3 } },
    ],
    ['condenser', 'Condenseur de climatisation', 'NISSENS,VALEO,NRF', 6990, 18990],
    ['dryer', 'Bouteille déshydratante', 'NISSENS,HELLA,MAHLE', 1990, 5990],
    ['blower', "Pulseur d'air d'habitacle", 'VALEO,NISSENS,MAHLE', 5990, 15990],
    ['blower-resistor', 'Résistance de chauffage', 'VALEO,HELLA', 1990, 5490],
  ]),
  ...ofCategory('Batteries', [
    [
      'battery',
      'Batterie 12 V {60 Ah 540 A|70 Ah 760 A|74 Ah 680 A}',
      'VARTA,BOSCH,YUASA,EXIDE',
      7990,
      15990,
      { universal: 6 },
    ],
    [
      'battery-agm',
      'Batterie Start-Stop AGM 12 V {60 Ah 680 A|70 Ah 760 A|80 Ah 800 A}',
      'VARTA,BOSCH,EXIDE',
      13990,
      24990,
      { universal: 5 },
    ],
  ]),
];
