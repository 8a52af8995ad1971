namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>The references being resolved above a schema: one that turns up again is a cycle.</summary>
internal sealed record RefChain(string Pointer, RefChain? Parent)
{
    public static bool Contains(RefChain? chain, string pointer)
    {
        for (var link = chain; link is not null; link = link.Parent)
        {
            if (link.Pointer == pointer)
            {
                return true;
            }
        }

        return false;
    }
}
