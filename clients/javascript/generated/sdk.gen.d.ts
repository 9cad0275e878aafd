import type { Client, Options as Options2, TDataShape } from './client/index.js';
import type { AddArticlesData, AddArticlesErrors, AddArticlesResponses, AskData, AskErrors, AskResponses, HealthData, HealthErrors, HealthResponses, ListArticlesData, ListArticlesErrors, ListArticlesResponses, ListOutletsData, ListOutletsErrors, ListOutletsResponses, MetricsData, MetricsErrors, MetricsResponses, ReadyData, ReadyErrors, ReadyResponses, RemoveArticleData, RemoveArticleErrors, RemoveArticleResponses, RetrieveByAddressData, RetrieveByAddressErrors, RetrieveByAddressResponses, RetrieveData, RetrieveErrors, RetrieveResponses, ShowArticleData, ShowArticleErrors, ShowArticleResponses, ShowLibraryData, ShowLibraryErrors, ShowLibraryResponses, StoriesData, StoriesErrors, StoriesResponses, StoryData, StoryErrors, StoryResponses, UndoRemovalData, UndoRemovalErrors, UndoRemovalResponses } from './types.gen.js';
export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: Record<string, unknown>;
};
/**
 * Ask
 *
 * Answer a question with the articles' own sentences.
 *
 * A question that names days ("last week", "in March 2025") is asked of the articles of these
 * days first. Where the articles do not say, `text` is null and `alternatives` holds the
 * closest sentences. Two questions are answered at once, while others wait from fewer passages
 * each; of more than 32, the last ones are answered 503.
 */
export declare const ask: <ThrowOnError extends boolean = false>(options: Options<AskData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<AskResponses, AskErrors, ThrowOnError, "fields">;
/**
 * Retrieve By Address
 *
 * Find the passages that fit a question best; lists are given by naming them repeatedly.
 */
export declare const retrieveByAddress: <ThrowOnError extends boolean = false>(options: Options<RetrieveByAddressData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<RetrieveByAddressResponses, RetrieveByAddressErrors, ThrowOnError, "fields">;
/**
 * Retrieve
 *
 * Find the passages that fit a question best.
 */
export declare const retrieve: <ThrowOnError extends boolean = false>(options: Options<RetrieveData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<RetrieveResponses, RetrieveErrors, ThrowOnError, "fields">;
/**
 * Stories
 *
 * List the reports that several articles carry, those with most articles first.
 */
export declare const stories: <ThrowOnError extends boolean = false>(options?: Options<StoriesData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<StoriesResponses, StoriesErrors, ThrowOnError, "fields">;
/**
 * Story
 *
 * Show the story that an article carries, and the other articles that carry it.
 */
export declare const story: <ThrowOnError extends boolean = false>(options: Options<StoryData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<StoryResponses, StoryErrors, ThrowOnError, "fields">;
/**
 * Ready
 *
 * Say whether the models are loaded; until then, the first questions would wait.
 */
export declare const ready: <ThrowOnError extends boolean = false>(options?: Options<ReadyData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<ReadyResponses, ReadyErrors, ThrowOnError, "fields">;
/**
 * Metrics
 *
 * Tell the server's figures to Prometheus.
 */
export declare const metrics: <ThrowOnError extends boolean = false>(options?: Options<MetricsData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<MetricsResponses, MetricsErrors, ThrowOnError, "fields">;
/**
 * List Articles
 *
 * List the articles, searched, sorted and paged.
 */
export declare const listArticles: <ThrowOnError extends boolean = false>(options?: Options<ListArticlesData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<ListArticlesResponses, ListArticlesErrors, ThrowOnError, "fields">;
/**
 * Add Articles
 *
 * Add the articles of a file, or a text; one that is there already is replaced.
 *
 * A file is sent as it is, with its name in `X-File-Name`; a text as JSON. What is answered with
 * 200 is committed. The same address or name with other text is a new version of that article.
 */
export declare const addArticles: <ThrowOnError extends boolean = false>(options: Options<AddArticlesData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<AddArticlesResponses, AddArticlesErrors, ThrowOnError, "fields">;
/**
 * Undo Removal
 *
 * Bring a removed article back, with its earlier versions, within ten minutes.
 */
export declare const undoRemoval: <ThrowOnError extends boolean = false>(options: Options<UndoRemovalData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<UndoRemovalResponses, UndoRemovalErrors, ThrowOnError, "fields">;
/**
 * Remove Article
 *
 * Remove an article with all its versions.
 */
export declare const removeArticle: <ThrowOnError extends boolean = false>(options: Options<RemoveArticleData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<RemoveArticleResponses, RemoveArticleErrors, ThrowOnError, "fields">;
/**
 * Show Article
 *
 * Show an article whole: the text that all offsets count in, its versions and copies.
 */
export declare const showArticle: <ThrowOnError extends boolean = false>(options: Options<ShowArticleData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<ShowArticleResponses, ShowArticleErrors, ThrowOnError, "fields">;
/**
 * List Outlets
 *
 * List the outlets.
 */
export declare const listOutlets: <ThrowOnError extends boolean = false>(options?: Options<ListOutletsData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<ListOutletsResponses, ListOutletsErrors, ThrowOnError, "fields">;
/**
 * Show Library
 *
 * Say how the collection is: figures, if articles can be added, what deserves attention.
 */
export declare const showLibrary: <ThrowOnError extends boolean = false>(options?: Options<ShowLibraryData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<ShowLibraryResponses, ShowLibraryErrors, ThrowOnError, "fields">;
/**
 * Health
 *
 * Say that the server answers.
 */
export declare const health: <ThrowOnError extends boolean = false>(options?: Options<HealthData, ThrowOnError>) => import("./client/types.gen.js").RequestResult<HealthResponses, HealthErrors, ThrowOnError, "fields">;
