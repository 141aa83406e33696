import { wordMatcher, wordsOf } from './wordMatcher.js';

export type SectorClass = 'manufacturing' | 'other';

/**
 * Words that tell a sector, close to the divisions of the NAF (rév. 2, section C "industrie manufacturière", 10 to 33,
 * against all others). Source of the reading: territory data, "secteur manufacturier … classé par une table de mots
 * proche de la NAF". A star stands for the rest of a word. Words that name as often a shop as a factory (pharmacie,
 * brasserie) or no activity (recyclage, énergie) are left out on purpose: unknown is better than wrong.
 */
const MANUFACTURING: Record<string, string> = {
  '10-12 aliments, boissons': `
    agroalimentaire, agro alimentaire, industrie* alimentaire, plats cuisines, lait, laiti*, laiterie,
    fromager*, conserver*, salaison*, abattoir, minoterie, meunerie, biscuit*, confiseri*, torref*,
    charcuterie industrielle, boisson, embouteill*, eaux minerales, brasserie artisanale, brassage, brasseur,
    micro brasserie, microbrasserie, distiller*, transformation alimentaire, alimentation animale, complements
    alimentaires`,
  '13-15 textile, habillement, cuir': `
    textile, tissage, filature, tricotage, dentelle, confection, habillement, maroquiner*, tanner*, cuir,
    fabrication de chaussures`,
  '16-18 bois, papier, imprimerie': `
    scierie, bois, charpente industrielle, ameublement, meuble, menuiserie, papeter*, papier, carton*,
    emballage, imprimer*`,
  '19-22 chimie, pharmacie, plastiques': `
    raffin*, chimi*, peintures et vernis, cosmeti*, parfumerie industrielle, pharmaceuti*, industrie de sante,
    caoutchouc, pneu*, plasturg*, plastique, composite, injection plastique, biosource*`,
  '23-25 minéraux, métaux': `
    verre, verrier*, verrerie, cerami*, porcelain*, tuilerie, briqueterie, ciment*, beton, metallurg*, metal,
    metaux, siderurg*, acier*, alumini*, fonderie, fonte, forge, estampage, emboutissage, usinage,
    decolletage, tournage, fraisage, chaudronn*, tolerie, serrurerie industrielle, soudage, soudure,
    traitement thermique, traitement de surface, coutel*, outillage, moul*`,
  '26-28 électronique, équipements, machines': `
    electroni*, capteur, semi conducteur, optique industrielle, instrument* de mesure, cabl*, batterie,
    moteur, transformateur, mecanique, mecanique de precision, machine*, machinisme, robot*, equipement*
    industriel*, hydraulique industrielle`,
  '29-30 véhicules': `
    equipementier*, industrie automobile, construction automobile, aeronauti*, aerospatial*, spatial,
    aviation, ferroviaire, naval, cycles, carrosserie industrielle`,
  '31-33 autres': `
    jouet, dispositif* medica*, medtech, prothes*, lunetterie, maintenance industrielle, lutherie, bijouterie
    industrielle`,
  'le mot même': `
    industrie, industriel*, industrie manufacturiere, manufactur*, usine, fabrication, fabricant*, production
    industrielle, sous traitan* industriel*`,
};

/** Words that say "trade or service" whatever they deal in: a "commerce de meubles" makes no furniture. */
const NEVER_MANUFACTURING = `
    commerc*, negoce, detail, boutique, magasin, vente, revente, e commerce, distribution, grossiste, import,
    friperie, restaura*, traiteur, hotel*, garage, mecanique automobile, reparation automobile, location,
    location de *, officine, librairie, boulanger*, patisser*, logiciel*, editeur*, informatique, conseil,
    ingenierie, bureau d etudes, formation, immobilier, industries culturelles, industrie culturelle`;

/** Other activities, which give way to a manufacturing word in another part of the same text. */
const OTHER: Record<string, string> = {
  'A agriculture': `
    agricol*, agriculture, elevage, maraich*, viticul*, foresti*, sylvicul*, horticul*, apicul*, peche`,
  'D-E énergie, déchets': 'production d energie, photovoltaique, solaire, eolien*, dechets, assainissement',
  'F construction': `
    batiment, btp, construction, travaux publics, macon*, plomb*, couvr*, electricien*, paysag*, terrassement,
    renovation, artisanat, artisan*`,
  'H transports': 'transport*, logisti*, livraison, messagerie, entrepos*, mobilite*, taxi, velo*',
  'I hébergement': 'tourism*, gite, camping, bar, cafe, salon de the, chambre* d hote*, traiteur',
  'J information': `
    numerique, web, application*, saas, jeu* video, jeux video, audiovisuel, edition, communication, media,
    cybersecurite, intelligence artificielle, telecom*, donnees`,
  'K-N services': `
    service, services *, banque, assurance, comptab*, marketing, publicite, architect*, etude, recherche,
    biotech*, nettoyage, securite, interim, evenementiel, coworking, tiers lieu, tiers lieux, design,
    photograph*, immobilier industriel`,
  'O-Q public, enseignement, santé': `
    collectivite*, mairie, commune, administration, public, enseignement, education, ecole, universit*, sante,
    medic*, soins, clinique, hopital, crech*, petite enfance`,
  'R-S culture, associations': `
    culture*, spectacle, musique, sport*, loisir*, association*, economie sociale, ess, insertion, reemploi,
    ressourcerie, coiff*, esthetique, beaute, bien etre, animal*, syndicat, organisation professionnelle`,
};

/** Trades of the crafts register (artisanat: food, building, making, services), which the chambre de métiers knows. */
const CRAFTS = `
    artisan*, metier* d art, boulang*, patisser*, boucher*, charcut*, chocolat*, traiteur, brasserie
    artisanale, microbrasserie, coiff*, esthetic*, esthetique, services a la personne, service a la personne,
    beaute, menuis*, ebenist*, charpent*, macon*, plomb*, couvreur*, couverture, electricien*, peintre,
    carrel*, platr*, batiment, serrur*, ferronn*, garage, carross*, reparation automobile, mecanique
    automobile, taxi, fleurist*, coutur*, cordonn*, tapiss*, bijou*, poter*, potier, ceramist*, coutelier*,
    pressing, toilettage, photograph*, torref*, savonn*`;

const neverManufacturing = wordMatcher(NEVER_MANUFACTURING);
const manufacturing = wordMatcher(Object.values(MANUFACTURING).join());
const other = wordMatcher(Object.values(OTHER).join());
const crafts = wordMatcher(CRAFTS);

/** What a sector tells the rules. Null: not known. */
export interface SectorReading {
  sectorClass: SectorClass | null;
  /** Is this one of the trades of the crafts register? */
  craft: boolean | null;
}

/**
 * Reads a sector written freely, or chosen in the closed list; null when no word is known: unknown, not "other".
 * The last readings are kept, because most sectors come from the closed list.
 */
export function readSector(sector: string | null): SectorReading {
  const text = (sector ?? '').slice(0, LONGEST);
  let reading = readings.get(text);
  if (reading === undefined) {
    const sectorClass = classifySector(text);
    reading = { sectorClass, craft: crafts(wordsOf(text)) || (sectorClass === null ? null : false) };
    if (readings.size >= KEPT) readings.clear();
    readings.set(text, reading);
  }
  return reading;
}

const readings = new Map<string, SectorReading>();
const KEPT = 500;

/** Each part between commas is read alone; trade words win within their part, then manufacturing wins between parts. */
export function classifySector(sector: string | null): SectorClass | null {
  const classes = partsOf(sector).map(classOfPart);
  if (classes.includes('manufacturing')) return 'manufacturing';
  return classes.includes('other') ? 'other' : null;
}

/** A sector is a few words: what comes after is not read. */
const LONGEST = 300;

function partsOf(sector: string | null): string[][] {
  return (sector ?? '')
    .slice(0, LONGEST)
    .split(/[,;/|()+•·]/)
    .map(wordsOf);
}

function classOfPart(part: string[]): SectorClass | null {
  if (neverManufacturing(part)) return 'other';
  if (manufacturing(part)) return 'manufacturing';
  return other(part) ? 'other' : null;
}
