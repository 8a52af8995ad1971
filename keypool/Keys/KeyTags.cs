using System.Collections;

namespace GeminiBalance.KeyPool;

/// <summary>Words by which calls choose keys, such as <c>paid</c>: sorted, each once. Two sets of the same words are equal.</summary>
public sealed class KeyTags : IReadOnlyList<string>, IEquatable<KeyTags>
{
    /// <summary>Tags of one key at the most.</summary>
    public const int CountMax = 16;

    /// <summary>The longest tag, in characters.</summary>
    public const int CharsMax = 32;
    private readonly string[] words;

    private KeyTags(string[] words)
    {
        this.words = words;
        Text = string.Join(',', words);
    }

    public static KeyTags None { get; } = new([]);

    /// <summary>What people call keys that cost money.</summary>
    public static KeyTags Paid { get; } = new(["paid"]);

    public int Count => words.Length;

    /// <summary>The words with commas between them, as they are stored.</summary>
    public string Text { get; }

    public string this[int index] => words[index];

    /// <exception cref="ArgumentException">See <see cref="TryCreate"/>.</exception>
    public static KeyTags Of(params IEnumerable<string> words) =>
        TryCreate(words) ?? throw new ArgumentException($"There are at most {CountMax} tags of 1 to {CharsMax} letters, digits, '-', '_' and '.'.", nameof(words));

    /// <summary>Takes words in any case and order.</summary>
    /// <returns>Null when there are more than <see cref="CountMax"/>, or one has other characters than letters, digits and <c>- _ .</c>, or too many.</returns>
    public static KeyTags? TryCreate(IEnumerable<string> words)
    {
        string[] sorted = [.. words.Select(word => word.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return sorted.Length > CountMax || sorted.Any(word => !IsWord(word)) ? null : sorted.Length == 0 ? None : new KeyTags(sorted);
    }

    /// <summary>Reads <see cref="Text"/>.</summary>
    public static KeyTags FromText(string text) => Of(text.Split(',', StringSplitOptions.RemoveEmptyEntries));

    public bool Contains(KeyTags others)
    {
        foreach (var word in others.words)
        {
            if (Array.BinarySearch(words, word, StringComparer.Ordinal) < 0)
            {
                return false;
            }
        }

        return true;
    }

    public KeyTags With(KeyTags others) => Of(words.Concat(others.words));

    public bool Equals(KeyTags? other) => ReferenceEquals(this, other) || (other is not null && Text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as KeyTags);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)words).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsWord(string word) => word.Length is > 0 and <= CharsMax && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
