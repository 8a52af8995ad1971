using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.Gateway.Settings;

/// <summary>A setting's value read from text, or what is wrong with the text.</summary>
/// <param name="Value">The value; meaningless when there is a problem.</param>
/// <param name="Problem">What is wrong, without the text itself, which may be secret; null when nothing is.</param>
/// <param name="Note">What was tolerated and is worth telling, such as dropped duplicates.</param>
internal readonly record struct Parsed<T>(T? Value, string? Problem, string? Note)
{
    [MemberNotNullWhen(false, nameof(Problem))]
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsGood => Problem is null;

    public static implicit operator Parsed<T>(T value) => new(value, null, null);
}
