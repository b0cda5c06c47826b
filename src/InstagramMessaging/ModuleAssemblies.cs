using System;
using System.Reflection;

namespace InstagramMessaging;

/// <summary>What the module's psm1 asks for: the assembly with the cmdlets, apart from other modules' versions of its packages.</summary>
public static class ModuleAssemblies
{
    private static bool s_isLoaded;

    /// <summary>Loads the assembly with the cmdlets, once a process.</summary>
    /// <param name="path">The file of the version of this assembly that is wanted.</param>
    /// <returns>The assembly, and whether it has been loaded before.</returns>
    /// <exception cref="InvalidOperationException">
    /// The process has another version. An assembly cannot be replaced: the old code would run under the new module's name.
    /// </exception>
    public static object[] Load(string path)
    {
        Refuse(path);
        bool isLoaded = s_isLoaded;
        s_isLoaded = true;
#if NET
        return [ModuleLoadContext.Cmdlets, isLoaded];
#else
        return [ModuleAssemblyResolver.Cmdlets, isLoaded];
#endif
    }

    private static void Refuse(string path)
    {
#if NET
        // The file itself was loaded, which it cannot be beside another version.
        if (string.Equals(typeof(ModuleAssemblies).Assembly.Location, System.IO.Path.GetFullPath(path), StringComparison.Ordinal))
            return;
#endif
        AssemblyName wanted = AssemblyName.GetAssemblyName(path);
        foreach (Assembly present in AppDomain.CurrentDomain.GetAssemblies())
        {
            AssemblyName name = present.GetName();
            if (name.Name == wanted.Name && name.Version != wanted.Version)
                throw new InvalidOperationException($"InstagramMessaging {name.Version!.ToString(3)} is loaded in this process, and {wanted.Version!.ToString(3)} cannot be loaded beside it; open a new session.");
        }
    }
}
