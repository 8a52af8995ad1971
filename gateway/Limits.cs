namespace GeminiBalance.Gateway;

/// <summary>Every bound of the gateway that is not a setting, with its unit.</summary>
internal static class Limits
{
    /// <summary>The largest client request body. Google takes inline payloads of 100 MB.</summary>
    public const int RequestBodyBytesMax = 100 * 1024 * 1024;

    /// <summary>The largest upstream answer that is read as a whole (OpenAI face, models, embeddings).</summary>
    public const int AnswerBytesMax = 128 * 1024 * 1024;

    /// <summary>The largest upstream error body that is read for classification.</summary>
    public const int ErrorBodyBytesMax = 256 * 1024;

    /// <summary>The largest single server-sent event; a picture comes as one line.</summary>
    public const int SseEventBytesMax = 64 * 1024 * 1024;
}
