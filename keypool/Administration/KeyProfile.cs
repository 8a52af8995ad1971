namespace GeminiBalance.KeyPool;

/// <summary>What people decide about a key.</summary>
public sealed record KeyProfile
{
    public const double WeightMin = 0.01;
    public const double WeightMax = 100;

    /// <summary>The longest note, in characters.</summary>
    public const int NoteCharsMax = 500;

    /// <summary>The longest name of a project, in characters.</summary>
    public const int ProjectCharsMax = 64;

    /// <summary>Share of the calls relative to other keys; usually 1, from <see cref="WeightMin"/> to <see cref="WeightMax"/>.</summary>
    public double Weight { get; init; } = 1;

    public string Note { get; init; } = "";

    public KeyKind Kind { get; init; } = KeyKind.Gemini;

    public KeyTags Tags { get; init; } = KeyTags.None;

    /// <summary>Whether it serves only calls that need one of its tags: a key that costs money is not used for what others do as well.</summary>
    public bool IsReserved { get; init; }

    /// <summary>The Google project it belongs to, by any name that people give it; empty when it is not known.</summary>
    public string Project { get; init; } = "";

    /// <summary>When the key came into the pool.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>Whether a text can name a project.</summary>
    public static bool IsProject(string text) =>
        text.Length <= ProjectCharsMax && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':');
}
