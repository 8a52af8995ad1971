using System.Security.Cryptography;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Makes the ids of answers.</summary>
/// <param name="next">Gives the next id.</param>
internal sealed class AnswerIds(Func<string> next)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdChars = 24;

    /// <summary>Ids that cannot be guessed: those of tool calls are made from them, and clients get remembered signatures by those.</summary>
    public static AnswerIds Secret { get; } = new(() => RandomNumberGenerator.GetString(Alphabet, IdChars));

    public string Next() => next();
}
