using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.KeyPool;

/// <summary>Names the ledger of a project where ledgers of keys are named by their id: a <c>p</c>, which no id of a key begins with, and 15 hexadecimal digits.</summary>
public static class ProjectId
{
    private const char Mark = 'p';

    /// <summary>The services count apart, so a project has a ledger for each kind of keys. Null for a key of no known project.</summary>
    public static KeyId? Of(KeyProfile profile) => profile.Project.Length == 0
        ? null
        : new KeyId(Mark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{(int)profile.Kind}:{profile.Project}")).AsSpan(0, 8))[1..]);

    /// <summary>Whether an id names a project's ledger.</summary>
    public static bool Is(KeyId id) => id.Value.StartsWith(Mark);
}
