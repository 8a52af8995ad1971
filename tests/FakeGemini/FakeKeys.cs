using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.FakeGemini;

/// <summary>Keys that look real and are not: mostly of the <c>AIza</c> kind, every fourth of the newer <c>AQ.</c> kind.</summary>
public static class FakeKeys
{
    /// <summary>The same keys for the same count and seed; the first <c>n</c> of a longer list are those of a shorter one.</summary>
    public static IReadOnlyList<string> Make(int count, int seed = 1) => [.. Enumerable.Range(0, count).Select(index => One(seed, index))];

    private static string One(int seed, int index)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes($"fake key {seed} {index}"))).Replace('+', '-').Replace('/', '_');
        return index % 4 == 3 ? $"AQ.Ab8Fake-{digest[..32]}_{index:x4}" : $"AIzaFake{digest[..31]}";
    }
}
