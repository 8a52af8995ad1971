using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Signatures;

/// <summary>What signatures are found by in the database, where neither ids nor clients nor calls can be read.</summary>
internal static class SignatureHashes
{
    /// <summary>Sixteen bytes: enough that no two are taken for one another.</summary>
    private const int Bytes = 16;

    public static byte[] OfId(string id) => Of(Encoding.UTF8.GetBytes(id));

    public static byte[] OfCall(string clientId, string fingerprint) => Of(Encoding.UTF8.GetBytes($"{clientId}\n{fingerprint}"));

    public static SignatureRow RowOf(SignedCall call)
    {
        var signature = Encoding.ASCII.GetBytes(call.Signature);
        return new SignatureRow(OfId(call.Id), OfCall(call.ClientId, call.Fingerprint), Of(signature), signature);
    }

    private static byte[] Of(ReadOnlySpan<byte> text) => SHA256.HashData(text)[..Bytes];
}
