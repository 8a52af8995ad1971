using System.Globalization;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>What somebody decides about keys, as they wrote it; what is missing is not decided.</summary>
internal record KeyProfileInput
{
    public double? Weight { get; init; }

    public string? Note { get; init; }

    /// <summary><c>gemini</c> or <c>vertex</c>.</summary>
    public string? Kind { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>See <see cref="KeyProfile.IsReserved"/>.</summary>
    public bool? Reserved { get; init; }

    public string? Project { get; init; }

    /// <summary>From a query, for bodies that are all keys: <c>?weight=2&amp;tags=paid,fast&amp;project=p1</c>.</summary>
    public static KeyProfileInput From(IQueryCollection query) => new()
    {
        Weight = query["weight"].FirstOrDefault() is { } weight
            ? double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN
            : null,
        Note = query["note"].FirstOrDefault(),
        Kind = query["kind"].FirstOrDefault(),
        Tags = query["tags"].Count > 0 ? query["tags"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries) : null,
        Reserved = query["reserved"].FirstOrDefault() is { } reserved ? reserved is "true" or "1" : null,
        Project = query["project"].FirstOrDefault(),
    };

    /// <returns>The change, or what is wrong with it.</returns>
    public (KeyProfileChange? Change, string? Problem) Read()
    {
        KeyKind? kind = Kind switch { "gemini" => KeyKind.Gemini, "vertex" => KeyKind.Vertex, _ => null };
        var tags = Tags is null ? null : KeyTags.TryCreate(Tags);
        var problem = this switch
        {
            { Weight: not (null or (>= KeyProfile.WeightMin and <= KeyProfile.WeightMax)) } => $"weight is a number from {KeyProfile.WeightMin} to {KeyProfile.WeightMax}.",
            { Note.Length: > KeyProfile.NoteCharsMax } => $"note has at most {KeyProfile.NoteCharsMax} characters.",
            { Kind: not null } when kind is null => "kind is gemini or vertex.",
            { Tags: not null } when tags is null => $"tags is a list of at most {KeyTags.CountMax} words of 1 to {KeyTags.CharsMax} letters, digits, '-', '_' and '.'.",
            { Project: { } project } when !KeyProfile.IsProject(project) => $"project has at most {KeyProfile.ProjectCharsMax} letters, digits, '-', '_', '.' and ':'.",
            _ => null,
        };
        return problem is null
            ? (new KeyProfileChange { Weight = Weight, Note = Note, Kind = kind, Tags = tags, IsReserved = Reserved, Project = Project }, null)
            : (null, problem);
    }
}
