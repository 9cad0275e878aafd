export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};
/**
 * VersionRow
 *
 * One version of an article; `added` is a time in UTC.
 */
export type VersionRow = {
    /**
     * Version
     */
    version: string;
    /**
     * Current
     */
    current: boolean;
    /**
     * Added
     */
    added: string;
};
/**
 * UploadLimitsTold
 *
 * What one file may hold, and the kinds of file.
 */
export type UploadLimitsTold = {
    /**
     * File Bytes
     */
    file_bytes: number;
    /**
     * Articles
     */
    articles: number;
    /**
     * Suffixes
     */
    suffixes: Array<string>;
};
/**
 * UndoRequest
 *
 * What `DELETE` has told.
 */
export type UndoRequest = {
    /**
     * Undo
     */
    undo: string;
};
/**
 * TimeframeTold
 *
 * The days that a question names in `phrase`, both included; null is an open end.
 */
export type TimeframeTold = {
    /**
     * Phrase
     */
    phrase: string;
    /**
     * Since
     */
    since: string | null;
    /**
     * Until
     */
    until: string | null;
};
/**
 * StoryTold
 *
 * A story, and how the other articles compare with its first one.
 */
export type StoryTold = {
    /**
     * Id
     */
    id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Articles
     */
    articles: number;
    /**
     * Outlets
     */
    outlets: Array<string>;
    /**
     * First Published
     */
    first_published: string | null;
    /**
     * Last Published
     */
    last_published: string | null;
    /**
     * Copies
     */
    copies: Array<CopyRow>;
};
/**
 * CopyRow
 *
 * Another article that carries the same report.
 *
 * `shared` is the part of the shorter one's prose that stands in the longer one, 0 to 1; null
 * where the two are copies only by way of a third.
 */
export type CopyRow = {
    /**
     * Article Id
     */
    article_id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Outlet
     */
    outlet: string | null;
    /**
     * Published
     */
    published: string | null;
    /**
     * Shared
     */
    shared: number | null;
    /**
     * Explanation
     */
    explanation: string | null;
};
/**
 * StoryRow
 *
 * A report that several articles carry; its id is that of the first one that was added.
 */
export type StoryRow = {
    /**
     * Id
     */
    id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Articles
     */
    articles: number;
    /**
     * Outlets
     */
    outlets: Array<string>;
    /**
     * First Published
     */
    first_published: string | null;
    /**
     * Last Published
     */
    last_published: string | null;
};
/**
 * StoryList
 *
 * A page of the list, those with most articles first.
 */
export type StoryList = {
    /**
     * Stories
     */
    stories: Array<StoryRow>;
    /**
     * Total
     */
    total: number;
    /**
     * Page
     */
    page: number;
    /**
     * Pages
     */
    pages: number;
};
/**
 * RetrieveRequest
 *
 * A question, how many passages, and of which articles.
 */
export type RetrieveRequest = {
    /**
     * Outlets
     *
     * Only articles of one of these outlets.
     */
    outlets?: Array<string>;
    /**
     * Since
     *
     * Only articles of this day or later.
     */
    since?: string | null;
    /**
     * Until
     *
     * Only articles of this day or earlier.
     */
    until?: string | null;
    /**
     * Articles
     *
     * Only these articles, by id.
     */
    articles?: Array<string>;
    /**
     * Story
     *
     * Only the articles that carry the report of this article.
     */
    story?: string | null;
    /**
     * Question
     *
     * In plain words.
     */
    question: string;
    /**
     * K
     *
     * How many passages.
     */
    k?: number;
};
/**
 * RestoredTold
 *
 * What was brought back.
 */
export type RestoredTold = {
    /**
     * Articles
     */
    articles: Array<RestoredRow>;
};
/**
 * RestoredRow
 *
 * An article that is there again.
 */
export type RestoredRow = {
    /**
     * Id
     */
    id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Status
     */
    status: 'added';
};
/**
 * RemovedTold
 *
 * What brings a removed article back, for ten minutes.
 */
export type RemovedTold = {
    /**
     * Undo
     */
    undo: string;
    /**
     * Title
     */
    title: string;
};
/**
 * Ready
 *
 * The models are loaded: questions are answered at once.
 */
export type Ready = {
    /**
     * Status
     */
    status: 'ready';
};
/**
 * ReadingProblem
 *
 * What could not be read; `where` is empty for the whole.
 */
export type ReadingProblem = {
    /**
     * Where
     */
    where: string;
    /**
     * Reason
     */
    reason: string;
};
/**
 * Read
 *
 * How many passages were found, and how many of them read.
 */
export type Read = {
    /**
     * Passages Found
     */
    passages_found: number;
    /**
     * Passages Read
     */
    passages_read: number;
};
/**
 * Problem
 *
 * What was refused or failed, in the form of RFC 9457.
 */
export type Problem = {
    /**
     * Type
     */
    type: string;
    /**
     * Title
     */
    title: string;
    /**
     * Status
     */
    status: number;
    /**
     * Detail
     *
     * What happened, then what to do.
     */
    detail: string;
    /**
     * Errors
     *
     * Of a malformed request: each place, and what is wrong there.
     */
    errors?: Array<{
        [key: string]: string;
    }> | null;
};
/**
 * PasteRequest
 *
 * A text as it is, and what is to be said of it.
 */
export type PasteRequest = {
    /**
     * Text
     */
    text: string;
    /**
     * Title
     */
    title?: string | null;
    /**
     * Outlet
     */
    outlet?: string | null;
    /**
     * Published
     *
     * A day, as 2031-05-06.
     */
    published?: string | null;
};
/**
 * OutletRow
 *
 * An outlet, and how many articles it has.
 */
export type OutletRow = {
    /**
     * Name
     */
    name: string;
    /**
     * Articles
     */
    articles: number;
};
/**
 * OutletList
 *
 * All outlets, those with most articles first.
 */
export type OutletList = {
    /**
     * Outlets
     */
    outlets: Array<OutletRow>;
};
/**
 * LibraryTold
 *
 * How the collection is. Dates are the oldest and newest published, `changed` is in UTC.
 *
 * `recall_at_10` is the share of the ten nearest passages that the search by meaning finds.
 */
export type LibraryTold = {
    /**
     * Articles
     */
    articles: number;
    /**
     * Passages
     */
    passages: number;
    /**
     * Passage Sentences
     */
    passage_sentences: number;
    /**
     * First Published
     */
    first_published: string | null;
    /**
     * Last Published
     */
    last_published: string | null;
    /**
     * Generation
     */
    generation: number;
    /**
     * Encoder
     */
    encoder: string | null;
    /**
     * Recall At 10
     */
    recall_at_10: number | null;
    /**
     * Outlets
     */
    outlets: number;
    /**
     * Without Date
     */
    without_date: number;
    /**
     * Without Outlet
     */
    without_outlet: number;
    /**
     * Without Title
     */
    without_title: number;
    /**
     * Old Versions
     */
    old_versions: number;
    /**
     * Stories
     */
    stories: number;
    /**
     * Copies
     */
    copies: number;
    /**
     * Changed
     */
    changed: string | null;
    /**
     * Bytes
     */
    bytes: number;
    /**
     * Writable
     */
    writable: boolean;
    /**
     * Why
     */
    why: string | null;
    /**
     * Why Text
     */
    why_text: string | null;
    /**
     * Busy
     */
    busy: boolean;
    /**
     * Findings
     */
    findings: Array<Finding>;
    limits: UploadLimitsTold;
};
/**
 * Finding
 *
 * What deserves attention; of some kinds, with numbers.
 */
export type Finding = {
    /**
     * Kind
     */
    kind: string;
    /**
     * Text
     */
    text: string;
    /**
     * Count
     */
    count?: number;
    /**
     * Stories
     */
    stories?: number;
};
/**
 * HitsTold
 *
 * Passages, best first.
 */
export type HitsTold = {
    /**
     * Hits
     */
    hits: Array<HitTold>;
};
/**
 * BestSentence
 *
 * The sentence of a passage that is most like the question.
 */
export type BestSentence = {
    /**
     * Start
     */
    start: number;
    /**
     * End
     */
    end: number;
};
/**
 * HitTold
 *
 * A passage: `text` is the article's text from `start` to `end`, and why it was found.
 */
export type HitTold = {
    /**
     * Article Id
     */
    article_id: string;
    /**
     * Start
     */
    start: number;
    /**
     * End
     */
    end: number;
    /**
     * Text
     */
    text: string;
    /**
     * Heading
     */
    heading: string;
    /**
     * Score
     *
     * Higher is better; comparable within one question only.
     */
    score: number;
    /**
     * Dense Rank
     */
    dense_rank: number | null;
    /**
     * Lexical Rank
     */
    lexical_rank: number | null;
    /**
     * Similarity
     */
    similarity: number | null;
    best_sentence: BestSentence | null;
    /**
     * Offset Unit
     */
    offset_unit: 'codepoint';
};
/**
 * HistoryTurn
 *
 * An earlier turn: the question as it was typed, and what came back.
 */
export type HistoryTurn = {
    /**
     * Question
     */
    question: string;
    /**
     * Answer
     *
     * The words that were given as the answer.
     */
    answer?: string | null;
    /**
     * Titles
     *
     * Of the cited articles.
     */
    titles?: Array<string>;
};
/**
 * Highlight
 *
 * Where the answer itself stands.
 */
export type Highlight = {
    /**
     * Start
     */
    start: number;
    /**
     * End
     */
    end: number;
};
/**
 * Healthy
 *
 * The server answers, and over how much.
 */
export type Healthy = {
    /**
     * Status
     */
    status: 'ok';
    /**
     * Articles
     */
    articles: number;
    /**
     * Passages
     */
    passages: number;
};
/**
 * CitationTold
 *
 * The sentences that hold the answer: `text` is the article's text from `start` to `end`.
 *
 * `highlight`, the answer itself, lies within; `before` and `after` are the article's text around
 * it. Offsets are code points of the article in its `version`.
 */
export type CitationTold = {
    /**
     * Article Id
     */
    article_id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Outlet
     */
    outlet: string | null;
    /**
     * Published
     *
     * ISO 8601, a day or less or more.
     */
    published: string | null;
    /**
     * Source
     */
    source: string;
    /**
     * Start
     */
    start: number;
    /**
     * End
     */
    end: number;
    /**
     * Text
     */
    text: string;
    highlight: Highlight;
    /**
     * Before
     */
    before: string;
    /**
     * After
     */
    after: string;
    /**
     * Version
     */
    version: string | null;
};
/**
 * AskRequest
 *
 * A question, what was said before it, and what to answer it from.
 */
export type AskRequest = {
    /**
     * Outlets
     *
     * Only articles of one of these outlets.
     */
    outlets?: Array<string>;
    /**
     * Since
     *
     * Only articles of this day or later.
     */
    since?: string | null;
    /**
     * Until
     *
     * Only articles of this day or earlier.
     */
    until?: string | null;
    /**
     * Articles
     *
     * Only these articles, by id.
     */
    articles?: Array<string>;
    /**
     * Story
     *
     * Only the articles that carry the report of this article.
     */
    story?: string | null;
    /**
     * Question
     *
     * In plain words.
     */
    question: string;
    /**
     * History
     *
     * Earlier turns, oldest first; a question that leans on them is completed.
     */
    history?: Array<string | HistoryTurn>;
    /**
     * Any Time
     *
     * Take no notice of days that the question names.
     */
    any_time?: boolean;
};
/**
 * ArticleTold
 *
 * An article whole. `headings` and `marks` (page furniture) are ranges of code points.
 */
export type ArticleTold = {
    /**
     * Id
     */
    id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Outlet
     */
    outlet: string | null;
    /**
     * Published
     */
    published: string | null;
    /**
     * Source
     */
    source: string;
    /**
     * Text
     */
    text: string;
    /**
     * Version
     */
    version: string;
    /**
     * Address
     *
     * Where its publisher has it.
     */
    address: string | null;
    /**
     * Language
     */
    language: string | null;
    /**
     * Authors
     */
    authors: Array<string>;
    /**
     * Headings
     */
    headings: Array<[
        number,
        number
    ]>;
    /**
     * Marks
     */
    marks: Array<[
        number,
        number,
        string
    ]>;
    /**
     * Updated
     *
     * Whether there is a newer version.
     */
    updated: boolean;
    /**
     * Versions
     */
    versions: Array<VersionRow>;
    /**
     * Copies
     */
    copies: Array<CopyRow>;
    /**
     * Story Id
     */
    story_id: string;
};
/**
 * ArticleRow
 *
 * One line of the list. `copies` counts the other articles that carry the same report.
 */
export type ArticleRow = {
    /**
     * Id
     */
    id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Outlet
     */
    outlet: string | null;
    /**
     * Published
     */
    published: string | null;
    /**
     * Source
     */
    source: string;
    /**
     * Chars
     */
    chars: number;
    /**
     * Passages
     */
    passages: number;
    /**
     * Story Id
     */
    story_id: string;
    /**
     * Copies
     */
    copies: number;
};
/**
 * ArticleList
 *
 * A page of the list; after the last page comes the last one again.
 */
export type ArticleList = {
    /**
     * Articles
     */
    articles: Array<ArticleRow>;
    /**
     * Total
     */
    total: number;
    /**
     * Page
     */
    page: number;
    /**
     * Pages
     */
    pages: number;
};
/**
 * AnswerTold
 *
 * The reply to a question; `text` is null where the articles do not say.
 *
 * `confidence` is a calibrated probability that the answer is right. `timeframe` is set if the
 * answer comes from the days that the question names, `outside` if these gave none. Where `text`
 * is null and `timeframe` is set, the alternatives tell what changed, in order of time.
 */
export type AnswerTold = {
    /**
     * Question
     */
    question: string;
    /**
     * Text
     */
    text: string | null;
    /**
     * Confidence
     */
    confidence: number;
    /**
     * Citations
     */
    citations: Array<CitationTold>;
    /**
     * Offset Unit
     */
    offset_unit: 'codepoint';
    timeframe: TimeframeTold | null;
    outside: TimeframeTold | null;
    /**
     * Alternatives
     */
    alternatives: Array<AlternativeTold>;
    debug: Read;
};
/**
 * AlternativeTold
 *
 * A further answer or, where there is none, one of the closest sentences.
 */
export type AlternativeTold = {
    /**
     * Question
     */
    question: string;
    /**
     * Text
     */
    text: string | null;
    /**
     * Confidence
     */
    confidence: number;
    /**
     * Citations
     */
    citations: Array<CitationTold>;
    /**
     * Offset Unit
     */
    offset_unit: 'codepoint';
};
/**
 * AddedTold
 *
 * What became of a file or text.
 */
export type AddedTold = {
    /**
     * Name
     */
    name: string;
    /**
     * Articles
     */
    articles: Array<AddedRow>;
    /**
     * Warnings
     */
    warnings: Array<string>;
    /**
     * Problems
     */
    problems: Array<ReadingProblem>;
};
/**
 * AddedRow
 *
 * What became of an article; it is in the index when this is said.
 */
export type AddedRow = {
    /**
     * Id
     */
    id: string;
    /**
     * Title
     */
    title: string;
    /**
     * Outlet
     */
    outlet: string | null;
    /**
     * Published
     */
    published: string | null;
    /**
     * Status
     */
    status: 'added' | 'replaced' | 'unchanged';
};
export type AskData = {
    body: AskRequest;
    path?: never;
    query?: never;
    url: '/v1/ask';
};
export type AskErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The body took too long to come.
     */
    408: Problem;
    /**
     * The body is too large.
     */
    413: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type AskError = AskErrors[keyof AskErrors];
export type AskResponses = {
    /**
     * The reply to a question; `text` is null where the articles do not say.
     */
    200: AnswerTold;
};
export type AskResponse = AskResponses[keyof AskResponses];
export type RetrieveByAddressData = {
    body?: never;
    path?: never;
    query: {
        /**
         * Outlets
         *
         * Only articles of one of these outlets.
         */
        outlets?: Array<string>;
        /**
         * Since
         *
         * Only articles of this day or later.
         */
        since?: string | null;
        /**
         * Until
         *
         * Only articles of this day or earlier.
         */
        until?: string | null;
        /**
         * Articles
         *
         * Only these articles, by id.
         */
        articles?: Array<string>;
        /**
         * Story
         *
         * Only the articles that carry the report of this article.
         */
        story?: string | null;
        /**
         * Question
         *
         * In plain words.
         */
        question: string;
        /**
         * K
         *
         * How many passages.
         */
        k?: number;
    };
    url: '/v1/retrieve';
};
export type RetrieveByAddressErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type RetrieveByAddressError = RetrieveByAddressErrors[keyof RetrieveByAddressErrors];
export type RetrieveByAddressResponses = {
    /**
     * Passages, best first.
     */
    200: HitsTold;
};
export type RetrieveByAddressResponse = RetrieveByAddressResponses[keyof RetrieveByAddressResponses];
export type RetrieveData = {
    body: RetrieveRequest;
    path?: never;
    query?: never;
    url: '/v1/retrieve';
};
export type RetrieveErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The body took too long to come.
     */
    408: Problem;
    /**
     * The body is too large.
     */
    413: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type RetrieveError = RetrieveErrors[keyof RetrieveErrors];
export type RetrieveResponses = {
    /**
     * Passages, best first.
     */
    200: HitsTold;
};
export type RetrieveResponse = RetrieveResponses[keyof RetrieveResponses];
export type StoriesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Page
         */
        page?: number;
        /**
         * Page Size
         */
        page_size?: number;
    };
    url: '/v1/stories';
};
export type StoriesErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type StoriesError = StoriesErrors[keyof StoriesErrors];
export type StoriesResponses = {
    /**
     * A page of the list, those with most articles first.
     */
    200: StoryList;
};
export type StoriesResponse = StoriesResponses[keyof StoriesResponses];
export type StoryData = {
    body?: never;
    path: {
        /**
         * Article Id
         */
        article_id: string;
    };
    query?: never;
    url: '/v1/stories/{article_id}';
};
export type StoryErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * There is no such article.
     */
    404: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type StoryError = StoryErrors[keyof StoryErrors];
export type StoryResponses = {
    /**
     * A story, and how the other articles compare with its first one.
     */
    200: StoryTold;
};
export type StoryResponse = StoryResponses[keyof StoryResponses];
export type ReadyData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/ready';
};
export type ReadyErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type ReadyError = ReadyErrors[keyof ReadyErrors];
export type ReadyResponses = {
    /**
     * The models are loaded: questions are answered at once.
     */
    200: Ready;
};
export type ReadyResponse = ReadyResponses[keyof ReadyResponses];
export type MetricsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/metrics';
};
export type MetricsErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type MetricsError = MetricsErrors[keyof MetricsErrors];
export type MetricsResponses = {
    /**
     * The figures, in Prometheus's text format.
     */
    200: unknown;
};
export type ListArticlesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Query
         *
         * Words of title, outlet, id, source; 200 characters.
         */
        query?: string;
        /**
         * Outlet
         *
         * Only articles of this outlet.
         */
        outlet?: string | null;
        /**
         * Sort
         */
        sort?: 'published' | 'added' | 'title' | 'outlet';
        /**
         * Order
         *
         * By day newest first, else from A to Z.
         */
        order?: 'asc' | 'desc' | null;
        /**
         * Page
         */
        page?: number;
        /**
         * Page Size
         */
        page_size?: number;
    };
    url: '/v1/articles';
};
export type ListArticlesErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type ListArticlesError = ListArticlesErrors[keyof ListArticlesErrors];
export type ListArticlesResponses = {
    /**
     * A page of the list; after the last page comes the last one again.
     */
    200: ArticleList;
};
export type ListArticlesResponse = ListArticlesResponses[keyof ListArticlesResponses];
export type AddArticlesData = {
    body: PasteRequest | Blob | File;
    headers?: {
        /**
         * Idempotency-Key
         *
         * Sent again with the same request within a day, it is done once only.
         */
        'Idempotency-Key'?: string | null;
        /**
         * X-File-Name
         *
         * Of a file: its name, percent-encoded. Not with JSON.
         */
        'X-File-Name'?: string | null;
    };
    path?: never;
    query?: never;
    url: '/v1/articles';
};
export type AddArticlesErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The body took too long to come.
     */
    408: Problem;
    /**
     * Somebody else is changing the collection, or the first such request is at work.
     */
    409: Problem;
    /**
     * The body is too large.
     */
    413: Problem;
    /**
     * This kind of file cannot be read, or it has no name.
     */
    415: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type AddArticlesError = AddArticlesErrors[keyof AddArticlesErrors];
export type AddArticlesResponses = {
    /**
     * What became of a file or text.
     */
    200: AddedTold;
};
export type AddArticlesResponse = AddArticlesResponses[keyof AddArticlesResponses];
export type UndoRemovalData = {
    body: UndoRequest;
    headers?: {
        /**
         * Idempotency-Key
         *
         * Sent again with the same request within a day, it is done once only.
         */
        'Idempotency-Key'?: string | null;
    };
    path?: never;
    query?: never;
    url: '/v1/articles/undo';
};
export type UndoRemovalErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * There is no such article.
     */
    404: Problem;
    /**
     * The body took too long to come.
     */
    408: Problem;
    /**
     * Somebody else is changing the collection, or the first such request is at work.
     */
    409: Problem;
    /**
     * The body is too large.
     */
    413: Problem;
    /**
     * This kind of file cannot be read, or it has no name.
     */
    415: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type UndoRemovalError = UndoRemovalErrors[keyof UndoRemovalErrors];
export type UndoRemovalResponses = {
    /**
     * What was brought back.
     */
    200: RestoredTold;
};
export type UndoRemovalResponse = UndoRemovalResponses[keyof UndoRemovalResponses];
export type RemoveArticleData = {
    body?: never;
    headers?: {
        /**
         * Idempotency-Key
         *
         * Sent again with the same request within a day, it is done once only.
         */
        'Idempotency-Key'?: string | null;
    };
    path: {
        /**
         * Article Id
         */
        article_id: string;
    };
    query?: never;
    url: '/v1/articles/{article_id}';
};
export type RemoveArticleErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * There is no such article.
     */
    404: Problem;
    /**
     * The body took too long to come.
     */
    408: Problem;
    /**
     * Somebody else is changing the collection, or the first such request is at work.
     */
    409: Problem;
    /**
     * The body is too large.
     */
    413: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type RemoveArticleError = RemoveArticleErrors[keyof RemoveArticleErrors];
export type RemoveArticleResponses = {
    /**
     * What brings a removed article back, for ten minutes.
     */
    200: RemovedTold;
};
export type RemoveArticleResponse = RemoveArticleResponses[keyof RemoveArticleResponses];
export type ShowArticleData = {
    body?: never;
    path: {
        /**
         * Article Id
         */
        article_id: string;
    };
    query?: {
        /**
         * Version
         *
         * As a citation names it; else the current one.
         */
        version?: string | null;
    };
    url: '/v1/articles/{article_id}';
};
export type ShowArticleErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * There is no such article.
     */
    404: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type ShowArticleError = ShowArticleErrors[keyof ShowArticleErrors];
export type ShowArticleResponses = {
    /**
     * An article whole. `headings` and `marks` (page furniture) are ranges of code points.
     */
    200: ArticleTold;
};
export type ShowArticleResponse = ShowArticleResponses[keyof ShowArticleResponses];
export type ListOutletsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/outlets';
};
export type ListOutletsErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type ListOutletsError = ListOutletsErrors[keyof ListOutletsErrors];
export type ListOutletsResponses = {
    /**
     * All outlets, those with most articles first.
     */
    200: OutletList;
};
export type ListOutletsResponse = ListOutletsResponses[keyof ListOutletsResponses];
export type ShowLibraryData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/library';
};
export type ShowLibraryErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * There is no key, or a wrong one.
     */
    401: Problem;
    /**
     * The key has not the scope, the site is read-only, or another site's page has asked.
     */
    403: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type ShowLibraryError = ShowLibraryErrors[keyof ShowLibraryErrors];
export type ShowLibraryResponses = {
    /**
     * How the collection is. Dates are the oldest and newest published, `changed` is in UTC.
     */
    200: LibraryTold;
};
export type ShowLibraryResponse = ShowLibraryResponses[keyof ShowLibraryResponses];
export type HealthData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/health';
};
export type HealthErrors = {
    /**
     * The body is no JSON, or a header or the host's name is malformed.
     */
    400: Problem;
    /**
     * The request is not as described here; `errors` says where.
     */
    422: Problem;
    /**
     * Too many requests have come from this address; `Retry-After` says when to come again.
     */
    429: Problem;
    /**
     * There are too many header fields, or they are too large.
     */
    431: Problem;
    /**
     * The server has failed; its log says why, under the request's id.
     */
    500: Problem;
    /**
     * Too many wait, or the index cannot be used; `Retry-After` says when to come again.
     */
    503: Problem;
};
export type HealthError = HealthErrors[keyof HealthErrors];
export type HealthResponses = {
    /**
     * The server answers, and over how much.
     */
    200: Healthy;
};
export type HealthResponse = HealthResponses[keyof HealthResponses];
