/** What pmap -n writes: every field that may be asked for, none of them asked for. */
export const RC_TEMPLATE = `# Which details pmap -c shows.

# Upper and lower case count.
# What is not known is passed over.

[Fields Display]

# A field is shown when the # before it is gone.

#Perm
#Offset
#Device
#Inode
#Size
#Rss
#Pss
#Shared_Clean
#Shared_Dirty
#Private_Clean
#Private_Dirty
#Referenced
#Anonymous
#AnonHugePages
#Swap
#KernelPageSize
#MMUPageSize
#Locked
#VmFlags
#Mapping


[Mapping]

# Without the # of the next line, files are shown with their whole paths.
#ShowPath

`;
