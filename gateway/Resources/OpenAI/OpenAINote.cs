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

    /// <summary>What the requests of a batch ask for, by its path; null: chats.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Lines of a batch's input.</summary>
    public int? Lines { get; init; }

    /// <summary>What they have become upstream: a line with several texts is as many requests there.</summary>
    public int? Requests { get; init; }

    /// <summary>What answers repeat of their requests, see <see cref="ResponsesHead"/>.</summary>
    public IReadOnlyList<string>? Heads { get; init; }

    /// <summary>Whether the failures among a batch's answers are read by an id of their own.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Whether that id has been deleted.</summary>
    public bool AreErrorsDeleted { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
