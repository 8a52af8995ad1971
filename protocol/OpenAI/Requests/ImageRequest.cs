namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A client's <c>images/generations</c> or <c>images/edits</c>, whichever way its body was written.</summary>
public sealed record ImageRequest
{
    public required string Prompt { get; init; }

    /// <summary>In the client's own spelling; null when it names none.</summary>
    public string? Model { get; init; }

    /// <summary>How many pictures.</summary>
    public int N { get; init; } = 1;

    /// <summary>Such as <c>1024x1024</c>, <c>16:9</c>, <c>2K</c> or <c>auto</c>.</summary>
    public string? Size { get; init; }

    /// <summary>Such as <c>16:9</c>; an extension of other gateways.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>Such as <c>2K</c>; an extension of other gateways.</summary>
    public string? ImageSize { get; init; }

    /// <summary>Such as <c>hd</c> or <c>high</c>.</summary>
    public string? Quality { get; init; }

    /// <summary><c>url</c> or <c>b64_json</c>; null when the client does not care.</summary>
    public string? ResponseFormat { get; init; }

    /// <summary><c>png</c>, <c>jpeg</c> or <c>webp</c>.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>0 to 100, for lossy formats.</summary>
    public int? OutputCompression { get; init; }

    public string? Background { get; init; }

    public bool Stream { get; init; }

    /// <summary>Pictures to work on, as the client names them: data URIs, bare base64 or addresses.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Marks what of the first picture to change.</summary>
    public string? Mask { get; init; }
}
