using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.Gateway.Resources;

/// <summary>How files and batches are called where clients speak OpenAI: without the slash, which their SDKs would escape.</summary>
internal static class OpenAIFileId
{
    private const string FilePrefix = "file-";
    private const string BatchPrefix = "batch_";

    // The upstream's names have no underscore.
    private const string ErrorsSuffix = "_errors";

    /// <summary>The id under which the failures in a file of answers are read.</summary>
    public static string OfErrors(string id) => id + ErrorsSuffix;

    /// <summary>The id of the file in which they are; null for an id of another kind.</summary>
    public static string? OutputOfErrors(string? id) => id?.EndsWith(ErrorsSuffix, StringComparison.Ordinal) is true ? id[..^ErrorsSuffix.Length] : null;

    /// <summary><c>files/abc</c> to <c>file-abc</c>, <c>batches/abc</c> to <c>batch_abc</c>; other texts stay.</summary>
    public static string Of(string name) =>
        name.StartsWith("files/", StringComparison.Ordinal) ? FilePrefix + name["files/".Length..]
        : name.StartsWith("batches/", StringComparison.Ordinal) ? BatchPrefix + name["batches/".Length..]
        : name;

    /// <summary>Back again; names of the upstream stay.</summary>
    [return: NotNullIfNotNull(nameof(id))]
    public static string? ToName(string? id) => id switch
    {
        null => null,
        _ when id.StartsWith(FilePrefix, StringComparison.Ordinal) => "files/" + id[FilePrefix.Length..],
        _ when id.StartsWith(BatchPrefix, StringComparison.Ordinal) => "batches/" + id[BatchPrefix.Length..],
        _ => id,
    };
}
