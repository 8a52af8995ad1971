namespace GeminiBalance.KeyPool;

/// <summary>What a person changes about a key; what is null stays. The values are those that <see cref="KeyProfile"/> allows.</summary>
public sealed record KeyProfileChange
{
    public double? Weight { get; init; }

    public string? Note { get; init; }

    public KeyKind? Kind { get; init; }

    public KeyTags? Tags { get; init; }

    public bool? IsReserved { get; init; }

    public string? Project { get; init; }

    public KeyProfile Apply(KeyProfile profile) => profile with
    {
        Weight = Weight ?? profile.Weight,
        Note = Note ?? profile.Note,
        Kind = Kind ?? profile.Kind,
        Tags = Tags ?? profile.Tags,
        IsReserved = IsReserved ?? profile.IsReserved,
        Project = Project ?? profile.Project,
    };
}
