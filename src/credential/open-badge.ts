/**
 * The shapes of an Open Badges 3.0 badge as this house writes them: the official classes, narrowed to the members we
 * use. Type aliases, so that each is plain JSON. @see https://www.imsglobal.org/spec/ob/v3p0#data-model
 */
export type Profile = {
  readonly id: string;
  readonly type: readonly ['Profile'];
  readonly name: string;
  readonly url?: string;
  readonly email?: string;
  readonly image?: Image;
  readonly address?: Address;
  readonly parentOrg?: Profile;
};

export type Image = { readonly id: string; readonly type: 'Image' };

export type Address = {
  readonly type: readonly ['Address'];
  /** ISO 3166-1 alpha-2. */
  readonly addressCountryCode: string;
};

export type Alignment = {
  readonly type: readonly ['Alignment'];
  readonly targetName: string;
  readonly targetUrl: string;
  readonly targetFramework?: string;
  readonly targetCode?: string;
  readonly targetDescription?: string;
  readonly targetType?: string;
};

export type RubricCriterionLevel = {
  readonly id: string;
  readonly type: readonly ['RubricCriterionLevel'];
  readonly name: string;
  /** The level's number, as text. */
  readonly level: string;
  readonly description?: string;
};

export type ResultDescription = {
  readonly id: string;
  readonly type: readonly ['ResultDescription'];
  readonly name: string;
  readonly resultType: string;
  /** Lowest first. */
  readonly rubricCriterionLevel?: readonly RubricCriterionLevel[];
  readonly valueMin?: string;
  readonly valueMax?: string;
  readonly alignment?: readonly Alignment[];
};

export type Result = {
  readonly type: readonly ['Result'];
  /** Id of a description of the same achievement. */
  readonly resultDescription: string;
  /** Id of a level of that description. */
  readonly achievedLevel?: string;
  readonly value?: string;
};

export type Related = {
  readonly id: string;
  readonly type: readonly ['Related'];
  readonly version?: string;
};

export type Achievement = {
  readonly id: string;
  readonly type: readonly ['Achievement'];
  readonly name: string;
  readonly description: string;
  readonly criteria: { readonly id: string; readonly narrative: string };
  /** Its own art; no badge is baked into it. */
  readonly image?: Image;
  readonly achievementType: string;
  readonly creditsAvailable?: number;
  readonly humanCode?: string;
  readonly inLanguage: string;
  readonly version: string;
  readonly tag?: readonly string[];
  readonly alignment?: readonly Alignment[];
  readonly related?: readonly Related[];
  readonly resultDescription?: readonly ResultDescription[];
};

export type IdentityObject = {
  readonly type: 'IdentityObject';
  readonly identityType: string;
  readonly hashed: boolean;
  /** `sha256$` and hex digits, or the plain value. */
  readonly identityHash: string;
  readonly salt?: string;
};

export type AchievementSubject = {
  readonly id?: string;
  readonly type: readonly ['AchievementSubject'];
  readonly identifier?: readonly IdentityObject[];
  readonly source?: Profile;
  readonly role?: string;
  readonly term?: string;
  readonly activityStartDate?: string;
  readonly activityEndDate?: string;
  readonly creditsEarned?: number;
  readonly narrative?: string;
  readonly result?: readonly Result[];
  readonly achievement: Achievement;
};

export type Evidence = {
  readonly id: string;
  readonly type: readonly ['Evidence'];
  readonly name: string;
  readonly description?: string;
  readonly genre: string;
};

/** @see https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources */
export type RelatedResource = { readonly id: string; readonly digestSRI: string; readonly mediaType?: string };

/** @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry */
export type StatusEntry = {
  readonly id: string;
  readonly type: 'BitstringStatusListEntry';
  readonly statusPurpose: 'revocation' | 'suspension';
  readonly statusListIndex: string;
  readonly statusListCredential: string;
};

/** An AchievementCredential before it is signed. */
export type Credential = {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly ['VerifiableCredential', 'AchievementCredential'];
  readonly name: string;
  readonly description: string;
  readonly issuer: Profile;
  readonly validFrom: string;
  readonly awardedDate?: string;
  readonly credentialSubject: AchievementSubject;
  readonly evidence?: readonly Evidence[];
  readonly relatedResource?: readonly RelatedResource[];
  readonly credentialStatus: StatusEntry;
};
