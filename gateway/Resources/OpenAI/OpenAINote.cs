namespace GeminiBalance.Gateway.Resources;

/// <summary>What a client of OpenAI's API has said of a file or a batch and the upstream does not keep.</summary>
internal sealed record OpenAINote
{
    /// <summary>The client's name of a file.</summary>
    public string? FileName { get; init; }

    public string? Purpose { get; init; }

    /// <summary>How long the file was when the client sent it.</summary>
    public long? Bytes { get; init; }

    /// <summary>The model of a batch in the client's spelling.</summary>
    public string? Model { get; init; }

    /// <summary>The same as it is called upstream.</summary>
    public string? UpstreamModel { get; init; }

    /// <summary>The file that a batch works on, by the upstream's name.</summary>
    public string? InputFile { get; init; }

    /// <summary>The file of a batch's answers, once it is there.</summary>
    public string? OutputFile { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
