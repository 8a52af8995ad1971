namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Every bound of a translated request, with its unit.</summary>
public static class RequestLimits
{
    /// <summary>Levels of nesting in a body, and in the JSON inside its strings.</summary>
    public const int JsonDepthMax = 64;

    public const int MessagesMax = 10_000;

    public const int PartsPerMessageMax = 5_000;

    public const int ToolsMax = 1_024;

    public const int ToolCallsPerMessageMax = 512;

    /// <summary>Characters of a client's tool name; longer than Gemini's own limit, because names are mapped.</summary>
    public const int ToolNameCharsMax = 1_024;

    /// <summary>Characters of a tool name that Gemini takes.</summary>
    public const int GeminiToolNameCharsMax = 64;

    /// <summary>Characters of a model's name.</summary>
    public const int ModelNameCharsMax = 128;

    public const int StopSequencesMax = 5;

    public const int ChoicesMax = 128;

    /// <summary>Most likely tokens per token in an answer of the old <c>completions</c>.</summary>
    public const int CompletionLogprobsMax = 5;

    /// <summary>Choices that Gemini answers in one call.</summary>
    public const int CandidatesPerCallMax = 8;

    public const int TopLogprobsMax = 20;

    /// <summary>Pictures and files by URL in one request.</summary>
    public const int RemoteMediaMax = 64;

    /// <summary>Levels of nesting in a cleaned schema; the upstream refuses far less deep ones.</summary>
    public const int SchemaDepthMax = 24;

    /// <summary>Schemas within one schema, references resolved.</summary>
    public const int SchemaNodesMax = 4_000;

    /// <summary>References and parts followed one behind the other; a chain of thousands would exhaust the stack.</summary>
    public const int SchemaMergeDepthMax = 128;

    /// <summary>Bytes that the rewriting of a request's schemas may read, references followed, beside <see cref="SchemaWorkPerByte" />.</summary>
    public const int SchemaWorkBytes = 256 * 1024;

    /// <summary>Bytes that it may read for each byte that came.</summary>
    public const int SchemaWorkPerByte = 4;

    /// <summary>Bytes of all schemas in one request.</summary>
    public const int SchemaBytesMax = 1024 * 1024;

    public const int EmbeddingInputsMax = 2_048;

    /// <summary>Texts in one upstream call of embeddings.</summary>
    public const int EmbeddingBatchMax = 100;

    /// <summary>Pictures of earlier answers that a model sees again.</summary>
    public const int DrawnImagesMax = 4;

    /// <summary>Pictures in one answer of <c>images/generations</c> or <c>images/edits</c>.</summary>
    public const int ImagesMax = 10;

    /// <summary>Pictures that Imagen makes in one call.</summary>
    public const int ImagesPerPredictionMax = 4;

    /// <summary>Pictures that one edit starts from.</summary>
    public const int EditedImagesMax = 16;

    /// <summary>The longest edge of a picture that can be asked for, in pixels.</summary>
    public const int ImageEdgeMax = 16_384;

    /// <summary>Below so many tokens an answer of a thinking model would be all thoughts (re-rankers ask for 1 to 3).</summary>
    public const int TinyAnswerTokens = 16;
}
