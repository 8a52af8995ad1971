namespace GeminiBalance.Gateway;

/// <summary>Every bound of the gateway that is not a setting, with its unit.</summary>
internal static class Limits
{
    /// <summary>The largest client request body. Google takes inline payloads of 100 MB.</summary>
    public const int RequestBodyBytesMax = 100 * 1024 * 1024;

    /// <summary>Fields of a form beside its file.</summary>
    public const int FormFieldsMax = 128;

    /// <summary>The largest field of a form, in bytes. Prompts are the longest.</summary>
    public const int FormFieldBytesMax = 64 * 1024;

    /// <summary>The longest line between the parts of a form, in characters (RFC 2046).</summary>
    public const int FormBoundaryCharsMax = 70;

    /// <summary>The largest translated body: what the client sent, what was fetched for it, and the growth of both as base64 and escapes.</summary>
    public const int UpstreamBodyBytesMax = 512 * 1024 * 1024;

    /// <summary>The largest upstream answer that is read as a whole (OpenAI face, models, embeddings).</summary>
    public const int AnswerBytesMax = 128 * 1024 * 1024;

    /// <summary>The largest upstream error body that is read for classification.</summary>
    public const int ErrorBodyBytesMax = 256 * 1024;

    /// <summary>The largest single server-sent event; a picture comes as one line.</summary>
    public const int SseEventBytesMax = 64 * 1024 * 1024;

    /// <summary>The first piece of memory taken for a body of unknown or large size.</summary>
    public const int BodyChunkBytes = 64 * 1024;

    /// <summary>The first piece of memory taken for the events of a stream.</summary>
    public const int StreamChunkBytes = 16 * 1024;

    /// <summary>The longest model name, in characters. Quotas are kept per name, so names must not be free text.</summary>
    public const int ModelNameCharsMax = 128;

    /// <summary>Leases in a row that may expire before their call could be sent, as happens while connections are slow to open.</summary>
    public const int ExpiredLeasesMax = 64;

    /// <summary>The wait before the second attempt after a fault of the upstream; it doubles with each attempt.</summary>
    public static readonly TimeSpan RetryBackOff = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan RetryBackOffMax = TimeSpan.FromSeconds(1);

    /// <summary>How long keys rest that were verified because the upstream refused them without a reason: what clients send must not cost them their quota.</summary>
    public static readonly TimeSpan KeyDoubtRest = TimeSpan.FromSeconds(30);

    /// <summary>How many calls on end find a model at no key before the first key's word is taken for the next.</summary>
    public const int AbsentAfterCalls = 2;

    /// <summary>Names of models that are remembered as absent.</summary>
    public const int AbsentModelsMax = 1_000;

    /// <summary>How long they are.</summary>
    public static readonly TimeSpan AbsentFor = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait for a connection to the upstream.</summary>
    public static readonly TimeSpan UpstreamConnectTimeOut = TimeSpan.FromSeconds(10);

    /// <summary>How long a pooled connection serves, so that a change of the upstream's addresses is noticed.</summary>
    public static readonly TimeSpan UpstreamConnectionLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long an unused connection stays open. Shorter than what Google and common proxies keep.</summary>
    public static readonly TimeSpan UpstreamConnectionIdleTime = TimeSpan.FromSeconds(90);

    /// <summary>The longest wait for a connection through a proxy.</summary>
    public static readonly TimeSpan ProxyConnectTimeOut = TimeSpan.FromSeconds(3);

    /// <summary>How long a proxy rests after a failure; it doubles with each further one.</summary>
    public static readonly TimeSpan ProxyRestMin = TimeSpan.FromSeconds(1);

    /// <summary>The longest rest of a proxy.</summary>
    public static readonly TimeSpan ProxyRestMax = TimeSpan.FromMinutes(5);

    /// <summary>How often proxies that have rested are looked for.</summary>
    public static readonly TimeSpan ProxyProbeInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long the upstream's list of models is taken as current.</summary>
    public static readonly TimeSpan ModelListLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long a client that could have the old list of models waits for a new one.</summary>
    public static readonly TimeSpan ModelListPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long a model stays listed that no key has named.</summary>
    public static readonly TimeSpan ModelUnseenMax = TimeSpan.FromHours(6);

    /// <summary>Keys that are asked for their models each time the list is read.</summary>
    public const int ModelListKeysPerReading = 3;

    /// <summary>Keys that are remembered as asked, so that others have their turn.</summary>
    public const int ModelListKeysRememberedMax = 1_000;

    /// <summary>Answers of single models that are kept, one per distinct address.</summary>
    public const int ModelListPagesMax = 32;

    /// <summary>Pages of the upstream's model list that are read for one complete list.</summary>
    public const int ModelListPagesReadMax = 10;

    /// <summary>Levels of a JSON body.</summary>
    public const int JsonDepthMax = 128;

    /// <summary>The largest picture or file that is fetched from a URL.</summary>
    public const int RemoteMediaBytesMax = 20 * 1024 * 1024;

    /// <summary>All pictures and files that one request names by URL, in bytes.</summary>
    public const int RemoteMediaBytesTotalMax = RequestBodyBytesMax;

    /// <summary>Pictures and files of one request that are fetched at a time.</summary>
    public const int RemoteMediaAtOnce = 4;

    /// <summary>The longest time for fetching one picture or file, redirects included.</summary>
    public static readonly TimeSpan RemoteMediaTimeOut = TimeSpan.FromSeconds(10);

    /// <summary>Redirects followed for one picture or file.</summary>
    public const int RemoteMediaRedirectsMax = 3;

    /// <summary>Thought signatures remembered for clients that drop them.</summary>
    public const int ThoughtSignatureCountMax = 50_000;

    /// <summary>Memory for remembered thought signatures, in characters of two bytes.</summary>
    public const int ThoughtSignatureCharsMax = 16 * 1024 * 1024;

    /// <summary>How often a process that shares stored settings looks for the others' changes.</summary>
    public static readonly TimeSpan SettingsFollowInterval = TimeSpan.FromSeconds(10);

    /// <summary>The largest body of the admin API: some 250,000 keys.</summary>
    public const int AdminBodyBytesMax = 16 * 1024 * 1024;

    /// <summary>Rows of the call log that wait to be written: a minute of a busy gateway, or hours of a quiet one, in some 15 MB.</summary>
    public const int CallLogQueueRowsMax = 65_536;

    /// <summary>Rows of the call log that are written in one transaction.</summary>
    public const int CallLogBatchRowsMax = 1_000;

    /// <summary>Bodies that wait with the rows of the call log, in bytes. Rows beyond it come without.</summary>
    public const int CallLogFaultBytesMax = 32 * 1024 * 1024;

    /// <summary>Counters kept for rows that found the call log's queue full.</summary>
    public const int CallTallyCellsMax = 100_000;

    /// <summary>The largest upstream error body whose message is logged. Real ones have less than 4 KiB.</summary>
    public const int LoggedAnswerBytesMax = 8 * 1024;

    /// <summary>The longest upstream message in the error log, in characters.</summary>
    public const int LoggedMessageCharsMax = 1_000;

    /// <summary>What the error log keeps of a request, in bytes.</summary>
    public const int LoggedRequestBytesMax = 16 * 1024;

    /// <summary>The longest secret, in bytes: a token has at most 512.</summary>
    public const int SecretBytesMax = 512;

    /// <summary>How often the call log is written.</summary>
    public static readonly TimeSpan CallLogInterval = TimeSpan.FromSeconds(1);

    /// <summary>The wait after a write of the call log that failed.</summary>
    public static readonly TimeSpan CallLogRetryInterval = TimeSpan.FromSeconds(5);

    /// <summary>The longest time for writing the rest of the call log at the end of the process.</summary>
    public static readonly TimeSpan CallLogStopTimeOut = TimeSpan.FromSeconds(5);

    /// <summary>How often old rows of the logs are looked for.</summary>
    public static readonly TimeSpan CallLogDeletionInterval = TimeSpan.FromHours(1);

    /// <summary>Rows of a log that are deleted in one transaction.</summary>
    public const int CallLogDeletionRowsMax = 2_000;

    /// <summary>How long calls are counted per minute; from then on per hour.</summary>
    public static readonly TimeSpan MinuteCountAge = TimeSpan.FromHours(26);

    /// <summary>The same for the calls of single keys: with many keys these are nearly as many rows as the request log has.</summary>
    public static readonly TimeSpan KeyMinuteCountAge = TimeSpan.FromHours(2);

    /// <summary>Rows of a log that are counted for a page, and the farthest row a page can begin at.</summary>
    public const int LogRowsCountedMax = 10_000;

    /// <summary>Rows of a log in one answer.</summary>
    public const int LogPageRowsMax = 1_000;

    /// <summary>Keys that a search in a log may stand for.</summary>
    public const int LogSearchKeysMax = 500;

    /// <summary>How long calls are counted per hour.</summary>
    public static readonly TimeSpan HourCountAge = TimeSpan.FromDays(100);

    /// <summary>The largest message of a Live session, in either direction.</summary>
    public const int LiveMessageBytesMax = 32 * 1024 * 1024;

    /// <summary>The first piece of memory taken for a message of a Live session.</summary>
    public const int LiveChunkBytes = 8 * 1024;

    /// <summary>The longest wait for a Live client's first message, and for the upstream's answer to it.</summary>
    public static readonly TimeSpan LiveSetupTimeOut = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait for the other side's word after a Live session was closed.</summary>
    public static readonly TimeSpan LiveCloseTimeOut = TimeSpan.FromSeconds(5);

    /// <summary>How often an open Live session shows both sides that it lives.</summary>
    public static readonly TimeSpan LivePingInterval = TimeSpan.FromSeconds(30);

    /// <summary>The longest reason a close frame can carry, in bytes: https://www.rfc-editor.org/rfc/rfc6455#section-5.5.</summary>
    public const int LiveReasonBytesMax = 123;

    /// <summary>Handles for resuming Live sessions that are remembered, in some 10 MB.</summary>
    public const int LiveHandlesMax = 50_000;

    /// <summary>How long a token of the Live API is good when the client does not say: the upstream's default.</summary>
    public static readonly TimeSpan LiveTokenLifetime = TimeSpan.FromMinutes(30);

    /// <summary>How long a handle can be of use: https://ai.google.dev/gemini-api/docs/live-session.</summary>
    public static readonly TimeSpan LiveHandleLifetime = TimeSpan.FromHours(24);

    /// <summary>Keys that one answer about added keys names; all are counted.</summary>
    public const int AdminListedKeysMax = 100;

    /// <summary>A stored response with its input, encrypted; a larger one is answered and not stored.</summary>
    public const int KeptResponseBytesMax = 8 * 1024 * 1024;

    /// <summary>Responses that one conversation goes on with.</summary>
    public const int ResponseAncestorsMax = 1_000;

    /// <summary>How long the end of an answer waits for its response to be stored.</summary>
    public static readonly TimeSpan KeepResponseTimeOut = TimeSpan.FromSeconds(5);

    /// <summary>How often unused stored responses are looked for.</summary>
    public static readonly TimeSpan ResponseDeletionInterval = TimeSpan.FromHours(1);

    /// <summary>Stored responses that are deleted in one transaction.</summary>
    public const int ResponseDeletionRowsMax = 200;

    /// <summary>Input items in one answer.</summary>
    public const int InputItemPageMax = 100;

    /// <summary>The longest name of a resource of the upstream, in characters.</summary>
    public const int ResourceNameCharsMax = 512;

    /// <summary>The longest text that is looked at as a name or an address of a resource, escapes and query included; what is longer is data.</summary>
    public const int ResourceReferenceBytesMax = 64 * 1024;

    /// <summary>What is kept of a resource's own description, in bytes. A finished batch with its answers in it is larger and is asked for anew.</summary>
    public const int ResourceJsonBytesMax = 64 * 1024;

    /// <summary>Resources that one request may name.</summary>
    public const int NamedResourcesMax = 500;

    /// <summary>Expired resources that are deleted in one transaction.</summary>
    public const int ResourceDeletionRowsMax = 2_000;

    /// <summary>Resources of one list that are asked for at a time, because they were still changing when last seen.</summary>
    public const int ResourceRefreshesAtOnce = 4;

    /// <summary>The longest time for packing speech, waiting for a processor included.</summary>
    public static readonly TimeSpan SpeechEncodingTimeOut = TimeSpan.FromSeconds(60);

    /// <summary>The largest upload. Google takes files of 2 GB.</summary>
    public const long UploadBytesMax = 2L * 1024 * 1024 * 1024 + 16 * 1024 * 1024;

    /// <summary>The piece in which uploads and downloads are passed on, in bytes.</summary>
    public const int TransferChunkBytes = 64 * 1024;

    /// <summary>How long the address of an upload is valid.</summary>
    public static readonly TimeSpan UploadLifetime = TimeSpan.FromDays(2);

    /// <summary>What a client creates within this time of its last creation goes to the same key, so that one request can name both.</summary>
    public static readonly TimeSpan ResourceGroupTime = TimeSpan.FromMinutes(2);

    /// <summary>Resources in a row that go to one key for that reason. Then another key has its turn, so that a busy client uses all.</summary>
    public const int ResourceGroupMax = 32;

    /// <summary>Requests in the input file of one batch, as OpenAI has it.</summary>
    public const int BatchRequestsMax = 50_000;

    /// <summary>The longest <c>custom_id</c> of one of them, in characters: all are held while the file comes.</summary>
    public const int BatchIdCharsMax = 512;

    /// <summary>Redirects followed for one download.</summary>
    public const int DownloadRedirectsMax = 3;

    /// <summary>Pieces that the text of one event is dealt out in; of a longer text they are larger than configured.</summary>
    public const int TextPiecesMax = 500;

    /// <summary>The longest answer that is continued after a cut, in characters.</summary>
    public const int ContinuedTextCharsMax = 256 * 1024;

    /// <summary>The largest request whose cut answer is continued.</summary>
    public const int ContinuedBodyBytesMax = 8 * 1024 * 1024;

    /// <summary>How far back a continuation is looked for in what was said, in characters.</summary>
    public const int SeamCharsMax = 2_000;

    /// <summary>The shortest repeat that is taken for one, in characters.</summary>
    public const int SeamCharsMin = 8;
}
