namespace GeminiBalance.KeyPool;

/// <summary>What a key must have to serve a call: the service that takes it, and every tag named.</summary>
public sealed class KeyRequirement(KeyKind kind, KeyTags tags) : IEquatable<KeyRequirement>
{
    /// <summary>Any key of the Gemini API that is not reserved.</summary>
    public static KeyRequirement None { get; } = new(KeyKind.Gemini, KeyTags.None);

    /// <summary>A key of the Gemini API with the tag <c>paid</c>.</summary>
    public static KeyRequirement Paid { get; } = new(KeyKind.Gemini, KeyTags.Paid);

    /// <summary>Any key of Vertex AI in express mode that is not reserved.</summary>
    public static KeyRequirement Vertex { get; } = new(KeyKind.Vertex, KeyTags.None);

    public KeyKind Kind { get; } = kind;

    public KeyTags Tags { get; } = tags;

    /// <summary>Whether most calls need no more.</summary>
    public bool IsNone => Kind == KeyKind.Gemini && Tags.Count == 0;

    public bool IsMetBy(KeyProfile profile) => profile.Kind == Kind && (Tags.Count == 0 ? !profile.IsReserved : profile.Tags.Contains(Tags));

    /// <summary>The least that only says that a key may serve, for calls that have chosen the key already.</summary>
    public static KeyRequirement LeastOf(KeyProfile profile) => profile switch
    {
        { IsReserved: true } => new KeyRequirement(profile.Kind, profile.Tags),
        { Kind: KeyKind.Gemini } => None,
        { Kind: KeyKind.Vertex } => Vertex,
        _ => new KeyRequirement(profile.Kind, KeyTags.None),
    };

    public bool Equals(KeyRequirement? other) => ReferenceEquals(this, other) || (other is not null && Kind == other.Kind && Tags.Equals(other.Tags));

    public override bool Equals(object? obj) => Equals(obj as KeyRequirement);

    public override int GetHashCode() => HashCode.Combine(Kind, Tags);

    /// <summary>For people, such as <c>vertex, paid</c>.</summary>
    public override string ToString() => Tags.Count == 0 ? Name(Kind) : $"{Name(Kind)}, {string.Join(", ", Tags)}";

    private static string Name(KeyKind kind) => kind.ToString().ToLowerInvariant();
}
